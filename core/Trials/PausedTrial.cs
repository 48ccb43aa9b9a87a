using MusicPipeline.Training;

namespace MusicPipeline.Trials;

/// <summary>
/// <c>paused.json</c>: a trial that was ended early, or waits to be promoted, as far as it got. A later stretch replaces
/// it, and a trial that runs to its end has <c>trial.json</c> in its place.
/// </summary>
/// <param name="Record">The trial in numbers; its outcome is <see cref="TrainingOutcome.Stopped"/>.</param>
/// <param name="History">Its curves.</param>
public sealed record PausedTrial(TrialRecord Record, TrainingHistory History);
