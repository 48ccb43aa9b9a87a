using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// The curves of a trial in training, in bounded space: 256 points at most. Added to on a training thread and copied
/// on another.
/// </summary>
internal sealed class GrowingCurve
{
    /// <summary>Most points that are kept.</summary>
    public const int MostPoints = 256;

    private readonly Lock _gate = new();
    private readonly List<(int Epoch, EpochMetrics Metrics)> _points = [];

    /// <summary>Adds an epoch; where that makes too many points, every second one of the earlier half is dropped.</summary>
    public void Add(int epoch, EpochMetrics metrics)
    {
        lock (_gate)
        {
            _points.Add((epoch, metrics));
            if (_points.Count <= MostPoints) return;
            // The very first epoch stays, or the curve would lose its beginning.
            var kept = _points.Where((_, index) => index >= MostPoints / 2 || index % 2 == 0).ToArray();
            _points.Clear();
            _points.AddRange(kept);
        }
    }

    /// <summary>The curves as they stand.</summary>
    public TrialCurve Copy()
    {
        lock (_gate) return TrialCurve.From(_points);
    }
}
