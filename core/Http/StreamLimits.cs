namespace MusicPipeline.Http;

/// <summary>How long a stream of events may last on a host.</summary>
/// <param name="Longest">The longest that the way to the client bears; a client goes on from where it was.</param>
/// <param name="Stopping">The host stops, and no stream must hold it up.</param>
public sealed record StreamLimits(TimeSpan Longest, CancellationToken Stopping = default);
