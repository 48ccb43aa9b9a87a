using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Reports;

/// <summary>Chooses the best trial of a sweep.</summary>
public static class Winner
{
    /// <summary>
    /// The completed trial with the highest last validation accuracy, among equals the lowest last validation loss,
    /// then the fewest parameters; null where none completed.
    /// </summary>
    public static TrialRecord? Of(IEnumerable<FinishedTrial> trials) => trials
        .Select(trial => trial.Record)
        .Where(record => record is { Outcome: TrainingOutcome.Completed, Last: not null })
        .OrderByDescending(record => record.Last!.ValidationAccuracy)
        .ThenBy(record => record.Last!.ValidationLoss)
        .ThenBy(record => record.ParameterCount)
        .FirstOrDefault();
}
