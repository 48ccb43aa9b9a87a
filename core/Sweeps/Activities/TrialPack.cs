using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>Trials that one activity trains.</summary>
/// <param name="SweepId">The sweep whose plan names them.</param>
/// <param name="Indices">Their positions in the plan.</param>
/// <param name="Device">What to train them on; null leaves it to the worker.</param>
/// <param name="Run">Number of the run whose plan it is; 0 for any.</param>
/// <param name="Priority">See <see cref="SweepRequest.Priority"/>.</param>
public sealed record TrialPack(string SweepId, IReadOnlyList<int> Indices, DeviceChoice? Device = null, int Run = 0, int Priority = 0);
