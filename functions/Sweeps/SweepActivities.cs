using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Functions.Hosting;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>The steps of a sweep. Durable runs each at least once; core makes every repetition harmless.</summary>
public sealed class SweepActivities(
    PlanSweepActivity plan,
    PlanSweepPartActivity planPart,
    TrainBaselineActivity trainBaseline,
    AggregateSweepActivity aggregate,
    FailSweepActivity fail,
    ReadCommandsActivity readCommands,
    SuggestTrialsActivity suggest,
    SweepTraces traces)
{
    [Function(ActivityNames.Plan)]
    public async Task<PlannedSweep> PlanSweep([ActivityTrigger] SweepStart start, CancellationToken cancellationToken)
    {
        var planned = await plan.RunAsync(start, cancellationToken);
        // There is no plan to begin with before.
        using var span = (await traces.BeginAsync(ActivityNames.Plan, start.SweepId, cancellationToken))?.Start();
        return planned;
    }

    [Function(ActivityNames.PlanPart)]
    public Task<PlannedPart> PlanSweepPart([ActivityTrigger] SweepRange range, CancellationToken cancellationToken) =>
        planPart.RunAsync(range, cancellationToken);

    [Function(ActivityNames.TrainBaseline)]
    public async Task<bool> TrainBaseline([ActivityTrigger] BaselineCall call, CancellationToken cancellationToken)
    {
        using var span = (await traces.BeginAsync(ActivityNames.TrainBaseline, call.SweepId, cancellationToken))?.Start();
        return await trainBaseline.RunAsync(call, cancellationToken);
    }

    [Function(ActivityNames.Suggest)]
    public Task<PlannedPart> SuggestTrials([ActivityTrigger] TrialsWanted wanted, CancellationToken cancellationToken) =>
        suggest.RunAsync(wanted, cancellationToken);

    [Function(ActivityNames.ReadCommands)]
    public Task<SweepCommands> ReadCommands([ActivityTrigger] string sweepId, CancellationToken cancellationToken) =>
        readCommands.RunAsync(sweepId, cancellationToken);

    [Function(ActivityNames.Aggregate)]
    public async Task<SweepState> AggregateSweep([ActivityTrigger] SweepEnding ending, CancellationToken cancellationToken)
    {
        using var span = (await traces.BeginAsync(ActivityNames.Aggregate, ending.SweepId, cancellationToken))?.Start();
        return await aggregate.RunAsync(ending, cancellationToken);
    }

    [Function(ActivityNames.Fail)]
    public Task FailSweep([ActivityTrigger] SweepFault fault, CancellationToken cancellationToken) =>
        fail.RunAsync(fault, cancellationToken);
}
