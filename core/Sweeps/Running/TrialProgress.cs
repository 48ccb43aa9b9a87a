using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Running;

/// <summary><c>progress.json</c> of a trial that is being trained; removed when the trial is done.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Epochs">Epochs asked for.</param>
/// <param name="Metrics">Figures of the last epoch done.</param>
public sealed record TrialProgress(int Epoch, int Epochs, EpochMetrics? Metrics)
{
    /// <summary>The curves up to here.</summary>
    public TrialCurve? Curve { get; init; }
}
