using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>A stretch of a trial that may be ended early, up to its next check or end: how far it goes, and what is told of it.</summary>
internal sealed class TrialStretch(Pruner pruner, TrialStop stop, Trial trial)
{
    private readonly Objective _metric = pruner.ComparedBy;

    /// <summary>Decides after each epoch; for one training run.</summary>
    public TrialSegment Segment(TrainingCheckpoint? from) =>
        new(pruner, _metric, stop.Until, from?.Epochs ?? []);

    /// <summary>What a trial that was ended early tells, or null where it has to be trained further.</summary>
    /// <param name="index">Position in the plan.</param>
    /// <param name="paused">As far as it got.</param>
    /// <param name="reused">Whether that was on record before.</param>
    /// <param name="epochs">Epochs trained for it.</param>
    public TrialOutcome? Paused(int index, PausedTrial paused, bool reused, int epochs)
    {
        var history = paused.History;
        var figures = _metric.ScoresAt(history, [.. Enumerable.Range(1, Math.Min(history.Epochs, stop.Until))]);
        var ended = Enumerable.Range(1, figures.Count).Any(count => pruner.Stops([.. figures.Take(count)]));
        if (!ended && history.Epochs < stop.Until) return null;
        return new TrialOutcome(index, TrialState.Pruned, reused, paused.Record.Last?.ValidationAccuracy)
        {
            IsPaused = !ended,
            Figures = paused.Record.Last,
            Scores = Scores(history),
            Reached = history.Epochs,
            Epochs = epochs,
        };
    }

    /// <summary>What a trial that has a result tells.</summary>
    public TrialOutcome Ended(TrialOutcome outcome, TrainingHistory? history, int epochs) => outcome with
    {
        Scores = outcome.State == TrialState.Completed && history is not null ? Scores(history, toEnd: true) : [],
        Reached = history?.Epochs ?? 0,
        Epochs = outcome.Reused ? 0 : epochs,
    };

    /// <summary>The scores that the sweep does not have, as far as this stretch goes, whoever trained it.</summary>
    private IReadOnlyList<double> Scores(TrainingHistory history, bool toEnd = false) => _metric.ScoresAt(
        history, [.. pruner.Checks(trial.Parameters.Epochs).Where(check => toEnd || check <= stop.Until).Skip(stop.Passed)]);
}
