namespace MusicPipeline.Sweeps.Reports;

/// <summary>Chooses the best trial of a sweep.</summary>
public static class Winner
{
    /// <summary>
    /// The completed trial with the highest last validation accuracy, among equals the lowest last validation loss,
    /// then the fewest parameters; null where none completed. Where points were trained with several seeds, the point of
    /// the highest mean accuracy comes first, because the luckiest seed of many says little.
    /// </summary>
    public static TrialRecord? Of(IEnumerable<FinishedTrial> trials) => RepeatedPoint.Of(trials)
        .Where(point => point.Completed.Count > 0)
        .OrderByDescending(point => point.Accuracy.Mean)
        .ThenBy(point => point.Loss.Mean)
        .ThenBy(point => point.Completed[0].Record.ParameterCount)
        .FirstOrDefault()?.Completed
        .Select(trial => trial.Record)
        .OrderByDescending(record => record.Last!.ValidationAccuracy)
        .ThenBy(record => record.Last!.ValidationLoss)
        .First();
}
