namespace MusicPipeline.Sweeps.Activities;

/// <summary>What the orchestration knows at its end and storage does not.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Cancelled">Whether it was cancelled.</param>
/// <param name="Tally">How each trial ended.</param>
/// <param name="Run">Number of the run that ends; an ending of another run than the last one is ignored.</param>
public sealed record SweepEnding(string SweepId, bool Cancelled, SweepTally Tally, int Run = 1);
