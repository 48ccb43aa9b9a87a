namespace MusicPipeline.Sweeps.Requests;

/// <summary>The answer to a request for a sweep.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="State">Where it stands.</param>
/// <param name="IsNew">Whether this request started it; false where the same request had been made before.</param>
public sealed record StartedSweep(string Id, SweepState State, bool IsNew);

/// <summary>The answer to a pause, resume, stop, cancel, retry or extension.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="State">Where it stands right after; what was asked for takes effect within about a second.</param>
public sealed record ControlledSweep(string Id, SweepState State);
