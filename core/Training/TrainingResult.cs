namespace MusicPipeline.Training;

/// <summary>A finished training run.</summary>
/// <param name="Outcome">Completed or diverged.</param>
/// <param name="Weights">The weights after the last step that was taken.</param>
/// <param name="History">The curves.</param>
public sealed record TrainingResult(TrainingOutcome Outcome, NetworkWeights Weights, TrainingHistory History);
