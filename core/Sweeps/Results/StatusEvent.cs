using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Results;

/// <summary>A sweep as a whole.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Counts">Trials by state; null where that is not known yet.</param>
/// <param name="Best">The best trial so far.</param>
/// <param name="EstimatedEnd">When it should end.</param>
/// <param name="Error">Why it failed.</param>
public sealed record StatusEvent(
    string Id, SweepState State, SweepCounts? Counts, BestTrial? Best, DateTimeOffset? EstimatedEnd, string? Error);
