namespace MusicPipeline.Sweeps.Requests;

/// <summary>The answer to a pause, resume, stop, cancel, retry or extension.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="State">Where it stands right after; what was asked for takes effect within about a second.</param>
public sealed record ControlledSweep(string Id, SweepState State);
