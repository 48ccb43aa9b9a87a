namespace MusicPipeline.Trials;

/// <summary>A named part of a sweep whose trials are compared with each other, such as the lab's learning rates.</summary>
/// <param name="Name"><c>baseline</c>, <c>learning-rate</c>, <c>hidden-units</c> or <c>grid</c>.</param>
/// <param name="TrialIds">Its trials, in the order they were asked for. Studies may share trials.</param>
public sealed record Study(string Name, IReadOnlyList<string> TrialIds);
