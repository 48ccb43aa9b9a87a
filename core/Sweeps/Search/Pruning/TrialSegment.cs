using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// One stretch of a trial's training, from its start or checkpoint to its next check or its end: decides after each epoch
/// whether to go on, and gathers what the board wants to know. For one training run; give <see cref="Continue"/> to
/// <see cref="TrainingRun.Continue"/>.
/// </summary>
public sealed class TrialSegment
{
    private readonly Pruner _pruner;
    private readonly Objective _metric;
    private readonly int _stop;
    private readonly int _before;
    private readonly IReadOnlyList<int> _checks;
    private readonly List<double> _scores = [];

    /// <param name="pruner">The rule.</param>
    /// <param name="metric">What trials are compared by.</param>
    /// <param name="epochs">Epochs that the trial has in all.</param>
    /// <param name="stop">Epochs after which it comes back; see <see cref="SearchScheduler.NextStop"/>.</param>
    /// <param name="before">Figures of the epochs in the checkpoint that it goes on from.</param>
    public TrialSegment(Pruner pruner, Objective metric, int epochs, int stop, IReadOnlyList<EpochMetrics> before)
    {
        (_pruner, _metric, _stop, _before) = (pruner, metric, stop, before.Count);
        _checks = pruner.Checks(epochs);
        _scores.AddRange(before.Select(epoch => metric.Score(epoch)));
    }

    /// <summary>Whether the trial's own curve ended it.</summary>
    public bool IsPruned { get; private set; }

    /// <summary>Scores at the checks that were passed in this stretch, for <see cref="TrialBoard.Return"/>.</summary>
    public IReadOnlyList<double> CheckScores =>
        [.. _checks.Where(check => check > _before && check <= _scores.Count).Select(check => _scores[check - 1])];

    /// <summary>Whether to go on after an epoch.</summary>
    /// <param name="epoch">Epochs done.</param>
    /// <param name="metrics">The epoch's figures.</param>
    public bool Continue(int epoch, EpochMetrics metrics)
    {
        _scores.Add(_metric.Score(metrics));
        IsPruned = _pruner.Stops(_scores);
        return !IsPruned && epoch < _stop;
    }

    /// <summary>The stage that a trial comes back in.</summary>
    public TrialStage StageOf(TrainingOutcome outcome) => outcome switch
    {
        TrainingOutcome.Completed => TrialStage.Completed,
        TrainingOutcome.Stopped => IsPruned ? TrialStage.Pruned : TrialStage.Paused,
        _ => TrialStage.Failed,
    };
}
