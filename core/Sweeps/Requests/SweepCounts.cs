using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Requests;

/// <summary>How many trials of a sweep are in which state.</summary>
/// <param name="Total">All trials.</param>
/// <param name="Waiting">Not started.</param>
/// <param name="Running">In training.</param>
/// <param name="Completed">With every epoch done.</param>
/// <param name="Diverged">With a loss that became NaN or infinite.</param>
/// <param name="Failed">Without a result.</param>
/// <param name="Cancelled">Stopped by a cancel.</param>
/// <param name="Reused">Of the completed and diverged ones, those that were on record before.</param>
public sealed record SweepCounts(
    int Total, int Waiting, int Running, int Completed, int Diverged, int Failed, int Cancelled, int Reused)
{
    /// <summary>Ended early because others did better.</summary>
    public int Pruned { get; init; }

    /// <summary>Broken off, and to run again.</summary>
    public int Preempted { get; init; }

    /// <summary>Counts the letters of a status.</summary>
    public static SweepCounts Of(SweepStatus status)
    {
        int Count(TrialState state) => status.Trials.AsSpan().Count(TrialLetters.Of(state));
        return new SweepCounts(
            status.Trials.Length,
            Count(TrialState.Waiting),
            Count(TrialState.Running),
            Count(TrialState.Completed),
            Count(TrialState.Diverged),
            Count(TrialState.Failed),
            Count(TrialState.Cancelled),
            status.Reused)
        {
            Pruned = Count(TrialState.Pruned),
            Preempted = Count(TrialState.Preempted),
        };
    }
}
