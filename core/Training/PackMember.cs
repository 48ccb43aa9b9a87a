namespace MusicPipeline.Training;

/// <summary>One trial of a pack.</summary>
/// <param name="Parameters">Its hyper-parameters.</param>
/// <param name="Run">Where it starts and whom it tells; each trial has its own.</param>
public sealed record PackMember(HyperParameters Parameters, TrainingRun Run)
{
    /// <summary>
    /// Position of the member, before this one, from whose end it goes on, because the two differ in epochs alone; null for one that
    /// starts where its run says. Where that one diverges, this one has the same result; where that one is stopped, it has none.
    /// </summary>
    public int? After { get; init; }

    /// <summary>The run from the end of the member before it, and to an end that is kept where another one needs it.</summary>
    internal TrainingRun RunFrom(TrainingResult? before, bool hasNext) => Run with
    {
        From = before?.Checkpoint ?? Run.From,
        KeepCheckpoint = Run.KeepCheckpoint || hasNext,
    };
}
