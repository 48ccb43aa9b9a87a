using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Results;

/// <summary>A baseline of a sweep: what it reached, or why there is no result.</summary>
/// <param name="Trial">What was asked for.</param>
/// <param name="Record">Its scores; null where it was not trained.</param>
/// <param name="Reason">Why it was not, in one sentence; null where it was.</param>
public sealed record BaselineResult(BaselineTrial Trial, BaselineRecord? Record, string? Reason = null);
