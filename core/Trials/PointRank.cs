using MusicPipeline.Training;

namespace MusicPipeline.Trials;

/// <summary>
/// What points are ranked by, each with its trials, which differ in seed or fold alone: the one rule for running sweeps, for
/// winners and for tables.
/// </summary>
/// <param name="HasNone">None of the trials completed; such points come last.</param>
/// <param name="HasDiverged">One of the trials diverged; such points come behind all that have a result otherwise.</param>
/// <param name="Mean">Means over the trials that completed.</param>
public readonly record struct PointRank(bool HasNone, bool HasDiverged, TrialRank Mean)
{
    /// <summary>Sorts the best first; equals stay in the order in which they were asked for.</summary>
    public static readonly IComparer<PointRank> BestFirst = Comparer<PointRank>.Create((one, other) =>
        one.HasNone.CompareTo(other.HasNone) is not 0 and var none ? none
        : one.HasDiverged.CompareTo(other.HasDiverged) is not 0 and var diverged ? diverged
        : TrialRank.BestFirst.Compare(one.Mean, other.Mean));

    /// <summary>What trials of one point have in common.</summary>
    public static HyperParameters KeyOf(HyperParameters parameters) => parameters with { Seed = 0 };

    /// <summary>Whether a trial counts in means.</summary>
    public static bool IsComplete(TrialRecord trial) => trial is { Outcome: TrainingOutcome.Completed, Last: not null };

    /// <summary>The rank of a point by its trials, in the order of the plan.</summary>
    public static PointRank Of(IReadOnlyCollection<TrialRecord> trials)
    {
        // In one order, so that sums are the same whoever asks.
        TrialRecord[] completed = [.. trials.Where(IsComplete).OrderBy(trial => trial.Last!.ValidationAccuracy)];
        var hasDiverged = trials.Any(trial => trial.Outcome == TrainingOutcome.Diverged);
        return completed.Length == 0 ? new PointRank(true, hasDiverged, default) : new PointRank(false, hasDiverged, new TrialRank(
            completed.Average(trial => trial.Last!.ValidationAccuracy), completed.Average(trial => trial.Last!.ValidationLoss), completed[0].ParameterCount));
    }

    /// <summary>The best trial of the best point; null where no trial completed.</summary>
    /// <param name="trials">Trials that completed, diverged or were pruned, in the order of the plan.</param>
    public static TrialRecord? BestOf(IEnumerable<TrialRecord> trials) => trials
        .GroupBy(trial => KeyOf(trial.Trial.Parameters))
        .OrderBy(point => Of([.. point]), BestFirst)
        .FirstOrDefault()?
        .Where(IsComplete)
        .OrderBy(TrialRank.Of, TrialRank.BestFirst)
        .FirstOrDefault();
}
