namespace MusicPipeline.Data;

/// <summary>What one trial trains on and what it validates on.</summary>
/// <param name="Training">The rows that the gradients see.</param>
/// <param name="Validation">The rows that each epoch is scored on.</param>
/// <param name="Classes">Number of classes, which the validation rows need not cover.</param>
public sealed record TrainingSplit(LabelledRows Training, LabelledRows Validation, int Classes);
