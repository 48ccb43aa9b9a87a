namespace MusicPipeline.Training;

/// <summary>What a training run starts from and whom it tells of its progress.</summary>
public sealed record TrainingRun
{
    /// <summary>Where to go on; null to start with fresh weights.</summary>
    public TrainingCheckpoint? From { get; init; }

    /// <summary>Called after each epoch with the epochs done and the epoch's figures, on the training thread.</summary>
    public Action<int, EpochMetrics>? OnEpoch { get; init; }

    /// <summary>
    /// Called after each epoch but the last, on the training thread, with a function that copies the run as it is then.
    /// The function costs as much as a copy of the weights and moments, and may be called during the call alone.
    /// </summary>
    public Action<Func<TrainingCheckpoint>>? OnCheckpoint { get; init; }

    /// <summary>
    /// Asked after each epoch but the last, on the training thread, with the epochs done and the epoch's figures: where
    /// the answer is no, the run ends there as <see cref="TrainingOutcome.Stopped"/>, and its checkpoint comes with the result.
    /// </summary>
    public Func<int, EpochMetrics, bool>? Continue { get; init; }

    /// <summary>Whether a completed run also returns its checkpoint, from which more epochs may follow.</summary>
    public bool KeepCheckpoint { get; init; }
}
