using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running;

/// <summary>A baseline that one activity trains.</summary>
/// <param name="SweepId">The sweep whose plan names it.</param>
/// <param name="Index">Its position among the plan's baselines.</param>
/// <param name="Run">Number of the run whose plan it is.</param>
/// <param name="Priority">See <see cref="SweepRequest.Priority"/>.</param>
public sealed record BaselineCall(string SweepId, int Index, int Run, int Priority = 0);
