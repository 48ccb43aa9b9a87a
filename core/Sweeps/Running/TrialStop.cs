namespace MusicPipeline.Sweeps.Running;

/// <summary>How far a trial of a sweep that ends trials early is to be trained.</summary>
/// <param name="Until">Epochs, counted from the trial's beginning, after which it comes back.</param>
/// <param name="Passed">Checks of which the sweep has the scores.</param>
public sealed record TrialStop(int Until, int Passed);
