using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>Turns figures into scores, of which the higher is the better.</summary>
public static class PruningMetrics
{
    /// <summary>The score of an epoch: validation accuracy, or validation loss below zero.</summary>
    public static double Score(this PruningMetric metric, EpochMetrics epoch) =>
        metric == PruningMetric.Loss ? -epoch.ValidationLoss : epoch.ValidationAccuracy;

    /// <summary>The scores at a trial's checks, as far as it got; for trials on record.</summary>
    public static IReadOnlyList<double> ScoresAt(this PruningMetric metric, TrainingHistory history, IReadOnlyList<int> checks)
    {
        var figures = metric == PruningMetric.Loss ? history.ValidationLoss : history.ValidationAccuracy;
        var sign = metric == PruningMetric.Loss ? -1 : 1;
        return [.. checks.TakeWhile(check => check <= figures.Length).Select(check => sign * figures[check - 1])];
    }
}
