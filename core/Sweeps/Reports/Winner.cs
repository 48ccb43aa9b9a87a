using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Reports;

/// <summary>Chooses the best trial of a sweep.</summary>
public static class Winner
{
    /// <summary>
    /// The completed trial with the highest last validation accuracy, among equals the lowest last validation loss,
    /// then the fewest parameters; null where none completed. Where a point was trained several times, with other seeds
    /// or on other folds, points are compared by the means of these, so that no lucky seed wins; a point of which a trial
    /// diverged comes last. The best trial of the best point is the winner.
    /// </summary>
    public static TrialRecord? Of(IEnumerable<FinishedTrial> trials) => trials
        .Select(trial => trial.Record)
        .GroupBy(record => record.Trial.Parameters with { Seed = 0 })
        .Select(point => (
            Completed: point.Where(record => record is { Outcome: TrainingOutcome.Completed, Last: not null }).ToArray(),
            Diverged: point.Any(record => record.Outcome == TrainingOutcome.Diverged)))
        .Where(point => point.Completed.Length > 0)
        .OrderBy(point => point.Diverged)
        .ThenByDescending(point => point.Completed.Average(record => record.Last!.ValidationAccuracy))
        .ThenBy(point => point.Completed.Average(record => record.Last!.ValidationLoss))
        .ThenBy(point => point.Completed[0].ParameterCount)
        .Select(point => point.Completed
            .OrderByDescending(record => record.Last!.ValidationAccuracy)
            .ThenBy(record => record.Last!.ValidationLoss)
            .First())
        .FirstOrDefault();
}
