namespace MusicPipeline.Training;

/// <summary>A finished training run.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Weights">
/// The weights after the last step that was taken, or of the best epoch where <see cref="HyperParameters.RestoreBest"/> asks for it.
/// </param>
/// <param name="History">The curves.</param>
public sealed record TrainingResult(TrainingOutcome Outcome, NetworkWeights Weights, TrainingHistory History)
{
    /// <summary>
    /// The run as it stood at its end, to go on from: always where it was stopped, and where
    /// <see cref="TrainingRun.KeepCheckpoint"/> asks for it once it is completed. A device that knows no checkpoints has none.
    /// </summary>
    public TrainingCheckpoint? Checkpoint { get; init; }

    /// <summary>
    /// The epoch, from 1 on, whose weights these are, where that is the best one by <see cref="HyperParameters.RestoreBest"/>.
    /// </summary>
    public int? BestEpoch { get; init; }
}
