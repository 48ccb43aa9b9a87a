namespace MusicPipeline.Sweeps.Activities;

/// <summary>A sweep that could not be planned or gathered.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Reason">One sentence.</param>
public sealed record SweepFault(string SweepId, string Reason);
