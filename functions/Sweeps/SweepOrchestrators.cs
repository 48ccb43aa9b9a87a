using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Activities;
using MusicPipeline.Sweeps.Orchestration;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>Hands Durable's context to the orchestration that every host shares.</summary>
public static class SweepOrchestrators
{
    [Function(OrchestrationNames.Sweep)]
    public static async Task<SweepState> RunSweep([OrchestrationTrigger] TaskOrchestrationContext context, string sweepId)
    {
        string reason;
        try
        {
            return await SweepOrchestration.RunAsync(new DurableSweepContext(context), sweepId, RetryRule.Default);
        }
        catch (ActivityFailedException exception)
        {
            reason = exception.Message;
        }

        await context.CallActivityAsync(ActivityNames.Fail, new SweepFault(sweepId, reason));
        return SweepState.Failed;
    }

    [Function(OrchestrationNames.Part)]
    public static Task<SweepTally> RunSweepPart([OrchestrationTrigger] TaskOrchestrationContext context, SweepPart part) =>
        SweepOrchestration.RunPartAsync(new DurableSweepContext(context), part, RetryRule.Default);
}
