using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Functions.Hosting;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Activities;
using MusicPipeline.Sweeps.Planning;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>The steps of a sweep. Durable runs each at least once; core makes every repetition harmless.</summary>
public sealed class SweepActivities(
    PlanSweepActivity plan,
    PlanSweepPartActivity planPart,
    AggregateSweepActivity aggregate,
    FailSweepActivity fail,
    ReadHaltActivity readHalt,
    PlanCache plans,
    IngestionTraces uploads)
{
    [Function(ActivityNames.Plan)]
    public async Task<PlannedSweep> PlanSweep([ActivityTrigger] SweepStart start, CancellationToken cancellationToken)
    {
        var planned = await plan.RunAsync(start, cancellationToken);
        var known = await plans.GetAsync(start.SweepId, cancellationToken);
        if (await uploads.FindAsync(known.Dataset, known.DatasetVersion, cancellationToken) is { } link) Activity.Current?.AddLink(link);
        return planned;
    }

    [Function(ActivityNames.PlanPart)]
    public Task<PlannedPart> PlanSweepPart([ActivityTrigger] SweepRange range, CancellationToken cancellationToken) =>
        planPart.RunAsync(range, cancellationToken);

    [Function(ActivityNames.ReadHalt)]
    public Task<HaltKind> ReadHalt([ActivityTrigger] string sweepId, CancellationToken cancellationToken) =>
        readHalt.RunAsync(sweepId, cancellationToken);

    [Function(ActivityNames.Aggregate)]
    public Task<SweepState> AggregateSweep([ActivityTrigger] SweepEnding ending, CancellationToken cancellationToken) =>
        aggregate.RunAsync(ending, cancellationToken);

    [Function(ActivityNames.Fail)]
    public Task FailSweep([ActivityTrigger] SweepFault fault, CancellationToken cancellationToken) =>
        fail.RunAsync(fault, cancellationToken);
}
