using MusicPipeline.Sweeps.Trials;

namespace MusicPipeline.Sweeps.Reports;

/// <summary>A trial without a result: what it was and why, in one sentence.</summary>
public sealed record FailedTrial(Trial Trial, string Reason);
