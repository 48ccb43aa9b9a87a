using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Results;

/// <summary>A trial without a result: what it was and why, in one sentence.</summary>
public sealed record FailedTrial(Trial Trial, string Reason);
