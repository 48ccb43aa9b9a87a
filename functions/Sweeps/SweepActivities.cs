using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Activities;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>The steps of a sweep. Durable runs each at least once; core makes every repetition harmless.</summary>
public sealed class SweepActivities(
    PlanSweepActivity plan, PlanSweepPartActivity planPart, AggregateSweepActivity aggregate, FailSweepActivity fail)
{
    [Function(ActivityNames.Plan)]
    public Task<PlannedSweep> PlanSweep([ActivityTrigger] SweepStart start, CancellationToken cancellationToken) =>
        plan.RunAsync(start, cancellationToken);

    [Function(ActivityNames.PlanPart)]
    public Task<PlannedPart> PlanSweepPart([ActivityTrigger] SweepRange range, CancellationToken cancellationToken) =>
        planPart.RunAsync(range, cancellationToken);

    [Function(ActivityNames.Aggregate)]
    public Task<SweepState> AggregateSweep([ActivityTrigger] SweepEnding ending, CancellationToken cancellationToken) =>
        aggregate.RunAsync(ending, cancellationToken);

    [Function(ActivityNames.Fail)]
    public Task FailSweep([ActivityTrigger] SweepFault fault, CancellationToken cancellationToken) =>
        fail.RunAsync(fault, cancellationToken);
}
