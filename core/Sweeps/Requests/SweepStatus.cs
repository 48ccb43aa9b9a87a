using System.Text.Json.Serialization;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Requests;

/// <summary>
/// A sweep's progress as its orchestration shows it. In JSON 10,000 trials stay under the 16 KB, counted in UTF-16, that
/// Durable Functions allows.
/// </summary>
/// <param name="Trials">One letter a trial in the order of the plan; see <see cref="TrialStates"/>.</param>
/// <param name="Reused">Trials that were on record before.</param>
/// <param name="BestIndex">
/// Position of the best trial so far in the plan, whatever other trials its point has, or -1; see <see cref="Results.BestSoFar"/>.
/// </param>
/// <param name="BestValidationAccuracy">Its last validation accuracy, 0 to 1.</param>
/// <param name="StartedAt">When the sweep's orchestration started.</param>
/// <param name="EstimatedEnd">When the sweep should end, where that can be told.</param>
/// <param name="Part">
/// Number of the part that a child orchestration runs meanwhile, named by
/// <see cref="Running.Orchestration.SweepOrchestration.ChildOf"/>: its status, also one of the whole sweep, is the newer one.
/// </param>
public sealed record SweepStatus(
    [property: JsonConverter(typeof(TrialStatesJsonConverter))] string Trials,
    int Reused,
    int BestIndex,
    double BestValidationAccuracy,
    DateTimeOffset StartedAt,
    DateTimeOffset? EstimatedEnd,
    int? Part = null)
{
    /// <summary>The best trial's score by another objective than accuracy; null for none.</summary>
    public double? BestScore { get; init; }

    /// <summary>Whether all that is left is to gather the trials.</summary>
    public bool IsEnding { get; init; }

    /// <summary>The trials by state, for whoever reads the status as JSON.</summary>
    public SweepCounts Counts => SweepCounts.Of(this);

    /// <summary>The newer one of this status and the status of the child that <see cref="Part"/> names.</summary>
    /// <param name="child">The child's status, or null. One that an earlier run of the sweep has left is passed over.</param>
    public SweepStatus OrNewer(SweepStatus? child) => Part is not null && child?.StartedAt == StartedAt ? child : this;
}

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
    public static SweepCounts Of(SweepStatus status) =>
        Of(status.Trials.Length, state => status.Trials.AsSpan().Count(TrialStates.LetterOf(state)), status.Reused);

    /// <summary>Counts trials.</summary>
    /// <param name="states">The state of each.</param>
    /// <param name="reused">Those that were on record before; 0 where nobody knows.</param>
    internal static SweepCounts Of(IReadOnlyCollection<TrialState> states, int reused = 0) =>
        Of(states.Count, state => states.Count(one => one == state), reused);

    private static SweepCounts Of(int total, Func<TrialState, int> count, int reused) => new(
        total,
        count(TrialState.Waiting),
        count(TrialState.Running),
        count(TrialState.Completed),
        count(TrialState.Diverged),
        count(TrialState.Failed),
        count(TrialState.Cancelled),
        reused)
    {
        Pruned = count(TrialState.Pruned),
        Preempted = count(TrialState.Preempted),
    };
}
