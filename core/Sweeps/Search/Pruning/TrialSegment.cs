using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// One stretch of a trial's training, from its start or checkpoint to its next check or its end: decides after each epoch
/// whether to go on. For one training run; give <see cref="Continue"/> to <see cref="TrainingRun.Continue"/>.
/// </summary>
/// <param name="pruner">The rule.</param>
/// <param name="metric">What trials are compared by.</param>
/// <param name="stop">Epochs after which it comes back; see <see cref="SearchScheduler.NextStop"/>.</param>
/// <param name="before">Figures of the epochs in the checkpoint that it goes on from.</param>
public sealed class TrialSegment(Pruner pruner, Objective metric, int stop, IReadOnlyList<EpochMetrics> before)
{
    private readonly List<double> _scores = [.. before.Select(epoch => metric.Score(epoch))];

    /// <summary>Whether to go on after an epoch.</summary>
    /// <param name="epoch">Epochs done.</param>
    /// <param name="metrics">The epoch's figures.</param>
    public bool Continue(int epoch, EpochMetrics metrics)
    {
        _scores.Add(metric.Score(metrics));
        return !pruner.Stops(_scores) && epoch < stop;
    }
}
