namespace MusicPipeline.Sweeps.Activities;

/// <summary>Trials that one activity trains.</summary>
/// <param name="SweepId">The sweep whose plan names them.</param>
/// <param name="Indices">Their positions in the plan.</param>
public sealed record TrialPack(string SweepId, IReadOnlyList<int> Indices);
