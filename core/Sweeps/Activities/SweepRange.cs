namespace MusicPipeline.Sweeps.Activities;

/// <summary>Trials that follow one another in the order in which a sweep starts them.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="First">Number of the first, from 0 on.</param>
/// <param name="Count">How many.</param>
public sealed record SweepRange(string SweepId, int First, int Count);
