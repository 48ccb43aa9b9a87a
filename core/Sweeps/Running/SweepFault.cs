using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running;

/// <summary>A run of a sweep that could not be brought to its end.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Run">Number of the run; see <see cref="SweepDocument.Run"/>. A fault of another run than the last one is ignored.</param>
/// <param name="Reason">One sentence.</param>
public sealed record SweepFault(string SweepId, int Run, string Reason);
