using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>Hands Durable's context to the orchestration that every host shares.</summary>
public static class SweepOrchestrators
{
    // Some minutes in all: who watches has nobody to watch it.
    private static readonly TaskOptions Patiently = TaskOptions.FromRetryPolicy(
        new RetryPolicy(
            maxNumberOfAttempts: 10, TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(1)));

    [Function(OrchestrationNames.Sweep)]
    public static Task<SweepState> RunSweep([OrchestrationTrigger] TaskOrchestrationContext context, string sweepId)
    {
        OrchestrationEnd.RefuseOtherVersions(context);
        return SweepOrchestration.RunAsync(new DurableSweepContext(context), sweepId, RetryRule.Default);
    }

    [Function(OrchestrationNames.Part)]
    public static Task<SweepTally> RunSweepPart([OrchestrationTrigger] TaskOrchestrationContext context, SweepPart part)
    {
        OrchestrationEnd.RefuseOtherVersions(context);
        return SweepOrchestration.RunPartAsync(new DurableSweepContext(context), part, RetryRule.Default);
    }

    /// <summary>
    /// Waits for the sweep's own orchestration. Durable tells a parent of every end of its child, also of one by another
    /// version's steps or by hand, which the child itself cannot tell of.
    /// </summary>
    [Function(OrchestrationNames.Watch)]
    public static async Task<SweepState> WatchSweep([OrchestrationTrigger] TaskOrchestrationContext context, SweepRun run)
    {
        string reason;
        try
        {
            var child = new SubOrchestrationOptions(instanceId: run.SweepId) { Version = OrchestrationNames.Version };
            return await context.CallSubOrchestratorAsync<SweepState>(OrchestrationNames.Sweep, run.SweepId, child);
        }
        catch (TaskFailedException exception)
        {
            reason = OrchestrationEnd.ReasonOf(exception.FailureDetails);
        }

        // The number is read before, so that a fault that is delivered again is still one of this run.
        var commands = await context.CallActivityAsync<SweepCommands>(ActivityNames.ReadCommands, run.SweepId, Patiently);
        await context.CallActivityAsync(ActivityNames.Fail, new SweepFault(run.SweepId, commands.Run, reason), Patiently);
        return SweepState.Failed;
    }
}
