namespace MusicPipeline.Sweeps.Activities;

/// <summary>What the orchestration needs to know of a plan; the plan itself lies in storage.</summary>
/// <param name="Order">Positions of the trials in the plan, in the order in which to start them.</param>
/// <param name="Costs">Relative cost of each trial, by its position in the plan.</param>
/// <param name="PackSize">Trials an activity.</param>
/// <param name="MaxParallel">Activities at once.</param>
/// <param name="CancelRequested">Whether the sweep was cancelled before it could start.</param>
public sealed record PlannedSweep(
    IReadOnlyList<int> Order, IReadOnlyList<double> Costs, int PackSize, int MaxParallel, bool CancelRequested = false);
