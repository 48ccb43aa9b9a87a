using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Results;

/// <summary>Chooses the best trial of a sweep.</summary>
public static class Winner
{
    /// <summary>
    /// The completed trial with the highest last validation accuracy, among equals the lowest last validation loss,
    /// then the fewest parameters; null where none completed. Where a point was trained several times, with other seeds
    /// or on other folds, points are compared by the means of these, so that no lucky seed wins; a point of which a trial
    /// diverged comes last. The best trial of the best point is the winner.
    /// </summary>
    /// <param name="trials">The trials, in the order of the plan.</param>
    /// <param name="objective">What they are compared by in place of accuracy; trials on record without its figure cannot win.</param>
    public static TrialRecord? Of(IEnumerable<FinishedTrial> trials, Objective objective = Objective.Accuracy) =>
        PointRank.BestOf(trials.Select(trial => trial.Record), objective);
}
