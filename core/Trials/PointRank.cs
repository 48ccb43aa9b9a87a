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

    /// <summary>Whether a trial counts in means: one on record without the objective's figure does not.</summary>
    public static bool IsComplete(TrialRecord trial, Objective objective = Objective.Accuracy) =>
        trial.Outcome == TrainingOutcome.Completed && trial.Last?.Of(objective) is not null;

    /// <summary>The rank of a point by its trials, in the order of the plan.</summary>
    public static PointRank Of(IReadOnlyCollection<TrialRecord> trials, Objective objective = Objective.Accuracy)
    {
        // In one order, so that sums are the same whoever asks.
        TrialRecord[] completed =
        [
            .. trials.Where(trial => IsComplete(trial, objective)).OrderBy(trial => objective.Score(trial.Last!)),
        ];
        var hasDiverged = trials.Any(trial => trial.Outcome == TrainingOutcome.Diverged);
        return completed.Length == 0 ? new PointRank(true, hasDiverged, default) : new PointRank(false, hasDiverged, new TrialRank(
            completed.Average(trial => objective.Score(trial.Last!)),
            completed.Average(trial => trial.Last!.ValidationLoss),
            completed[0].ParameterCount));
    }

    /// <summary>The best trial of the best point; null where no trial completed.</summary>
    /// <param name="trials">Trials that completed, diverged or were pruned, in the order of the plan.</param>
    /// <param name="objective">What they are compared by.</param>
    public static TrialRecord? BestOf(IEnumerable<TrialRecord> trials, Objective objective = Objective.Accuracy) => trials
        .GroupBy(trial => KeyOf(trial.Trial.Parameters))
        .OrderBy(point => Of([.. point], objective), BestFirst)
        .FirstOrDefault()?
        .Where(trial => IsComplete(trial, objective))
        .OrderBy(trial => TrialRank.Of(trial, objective), TrialRank.BestFirst)
        .FirstOrDefault();
}

/// <summary>What completed trials, and means of them, are ranked by.</summary>
/// <param name="Score">The objective's last score, such as the validation accuracy; the highest comes first.</param>
/// <param name="Loss">Last validation loss; among equals the lowest.</param>
/// <param name="Parameters">Trained parameters; among equals still the fewest.</param>
public readonly record struct TrialRank(double Score, double Loss, long Parameters)
{
    /// <summary>Sorts the best first; of equals in all three the one that was asked for first stays first in a stable order.</summary>
    public static readonly IComparer<TrialRank> BestFirst = Comparer<TrialRank>.Create((one, other) =>
        other.Score.CompareTo(one.Score) is not 0 and var score ? score
        : one.Loss.CompareTo(other.Loss) is not 0 and var loss ? loss
        : one.Parameters.CompareTo(other.Parameters));

    /// <summary>
    /// Whether a trial is better than another, in whatever order they end: of equals the one that was asked for first is.
    /// </summary>
    /// <param name="index">Position of the trial in the plan.</param>
    /// <param name="other">The rank of the other one.</param>
    /// <param name="otherIndex">Its position.</param>
    public bool IsBetter(int index, TrialRank other, int otherIndex) =>
        BestFirst.Compare(this, other) is var order && (order < 0 || (order == 0 && index < otherIndex));

    /// <summary>The rank of a trial that completed.</summary>
    public static TrialRank Of(TrialRecord record, Objective objective = Objective.Accuracy) =>
        new(objective.Score(record.Last!), record.Last!.ValidationLoss, record.ParameterCount);
}
