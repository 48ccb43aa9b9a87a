using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running;

/// <summary>A run of a sweep.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Run">Number of the run; see <see cref="SweepDocument.Run"/>.</param>
public sealed record SweepRun(string SweepId, int Run);
