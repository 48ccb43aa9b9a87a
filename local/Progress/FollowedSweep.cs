using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;

namespace MusicPipeline.Local.Progress;

/// <summary>What the events of a sweep add up to, for a screen.</summary>
/// <param name="describe">A trial in a few words, by its id.</param>
internal sealed class FollowedSweep(Func<string, string> describe)
{
    private readonly Dictionary<string, List<EpochEvent>> _curves = new(StringComparer.Ordinal);

    /// <summary>The sweep as it was told last.</summary>
    public StatusEvent? Status { get; private set; }

    /// <summary>Trials in training with their curves, in the order in which they began.</summary>
    public IEnumerable<(string Name, IReadOnlyList<EpochEvent> Curve)> Running =>
        _curves.Select(pair => (describe(pair.Key), (IReadOnlyList<EpochEvent>)pair.Value));

    /// <summary>Trials that ended, the last one first.</summary>
    public List<TrialView> Ended { get; } = [];

    /// <summary>Takes an event in.</summary>
    public void Add(SweepEvent happened)
    {
        switch (happened.Data)
        {
            case StatusEvent status:
                Status = status;
                break;
            case EpochEvent point:
                if (!_curves.TryGetValue(point.TrialId, out var curve)) _curves[point.TrialId] = curve = [];
                curve.Add(point);
                break;
            case TrialView trial:
                _curves.Remove(trial.Id);
                Ended.Insert(0, trial);
                break;
        }
    }
}
