namespace MusicPipeline.Training;

/// <summary>One trial of a pack.</summary>
/// <param name="Parameters">Its hyper-parameters.</param>
/// <param name="Run">Where it starts and whom it tells; each trial has its own.</param>
public sealed record PackMember(HyperParameters Parameters, TrainingRun Run);
