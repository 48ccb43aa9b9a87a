using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// One call of the training activity. On a device that takes one trial at a time, a trial goes on from the end of the one before
/// it in the pack where the two differ in epochs alone, so that all of those together are one training.
/// </summary>
/// <param name="plan">The sweep's plan.</param>
/// <param name="pack">The trials to train.</param>
/// <param name="device">What trains them.</param>
internal sealed class PackCall(SweepPlan plan, TrialPack pack, ITrainingDevice device)
{
    // What is trained side by side is done with the longest, and what may be ended early has no end to go on from.
    private readonly Trial[] _chained =
        device.Capacity.MaxTrials > 1 || pack.Stops is not null ? [] : [.. pack.Indices.Select(index => plan.Trials[index])];

    private (Trial Trial, TrainingCheckpoint Checkpoint, double Seconds)? _end;

    public SweepPlan Plan => plan;

    public TrialPack Pack => pack;

    public ITrainingDevice Device => device;

    /// <summary>The last trial that was broken off because the sweep is halted; null while there is none.</summary>
    public TrialOutcome? Halted { get; private set; }

    /// <summary>Whether another trial of the pack goes on from this one.</summary>
    public bool HasLonger(Trial trial) => _chained.Any(longer => TrialPacks.GoesOnFrom(longer, trial));

    /// <summary>The longest trial of the pack that this one goes on from, or null.</summary>
    public Trial? Shorter(Trial trial) =>
        _chained.Where(shorter => TrialPacks.GoesOnFrom(trial, shorter)).MaxBy(shorter => shorter.Parameters.Epochs);

    /// <summary>The end of the trial before, with the seconds trained until then, where this one goes on from it.</summary>
    public (TrainingCheckpoint Checkpoint, double Seconds)? EndBefore(Trial trial) =>
        _end is var (shorter, checkpoint, seconds) && TrialPacks.GoesOnFrom(trial, shorter) ? (checkpoint, seconds) : null;

    /// <summary>Keeps the end of a trial for the one after it.</summary>
    public void Keep(Trial trial, TrainingResult result, double seconds) =>
        _end = result is { Outcome: TrainingOutcome.Completed, Checkpoint: { } checkpoint } && HasLonger(trial)
            ? (trial, checkpoint, seconds)
            : null;

    /// <summary>Takes note of how trials ended.</summary>
    public void Note(IEnumerable<TrialOutcome> outcomes) =>
        Halted = outcomes.FirstOrDefault(outcome => outcome.State is TrialState.Preempted or TrialState.Cancelled) ?? Halted;
}
