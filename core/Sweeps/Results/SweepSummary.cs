using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Results;

/// <summary>A sweep as <c>GET /api/sweeps</c> lists it.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Best">Its winner.</param>
public sealed record SweepSummary(
    string Id, SweepState State, string Dataset, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, BestTrial? Best);
