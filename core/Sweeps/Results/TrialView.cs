using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>A trial as <c>GET /api/sweeps/{id}</c> shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Studies">The studies that it belongs to.</param>
/// <param name="Parameters">Its hyper-parameters.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Metrics">Figures of the last epoch done.</param>
/// <param name="Reason">Why it failed.</param>
public sealed record TrialView(
    string Id,
    IReadOnlyList<string> Studies,
    HyperParameters Parameters,
    TrialState State,
    int Epoch,
    EpochMetrics? Metrics,
    string? Reason = null)
{
    /// <summary>The fold that it is validated on, from 1 on; null without folds.</summary>
    public int? Fold { get; init; }
}
