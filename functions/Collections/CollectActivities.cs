using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using MusicPipeline.Collections;
using MusicPipeline.Collections.Orchestration;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Sweeps.Running.Orchestration;

namespace MusicPipeline.Functions.Collections;

/// <summary>The steps of a collecting. Durable runs each at least once; core makes every repetition harmless.</summary>
public sealed class CollectActivities(
    PlanCollectActivity plan, FindNotesActivity findNotes, BuildCollectionActivity build, FailCollectActivity fail)
{
    /// <summary>Hands Durable's context to the orchestration that every host shares.</summary>
    [Function(CollectNames.Orchestration)]
    public static Task<bool> CollectDataset([OrchestrationTrigger] TaskOrchestrationContext context, CollectRun run)
    {
        OrchestrationEnd.RefuseOtherVersions(context);
        return CollectOrchestration.RunAsync(new DurableSweepContext(context), run, RetryRule.Default);
    }

    [Function(CollectNames.Plan)]
    public Task<PlannedCollect> PlanCollect([ActivityTrigger] CollectRun run, CancellationToken cancellationToken) =>
        plan.RunAsync(run, cancellationToken);

    [Function(CollectNames.FindNotes)]
    public Task<int> FindNotes([ActivityTrigger] NotesCall call, CancellationToken cancellationToken) =>
        findNotes.RunAsync(call, cancellationToken);

    [Function(CollectNames.Build)]
    public Task<bool> BuildCollection([ActivityTrigger] PlannedCollect planned, CancellationToken cancellationToken) =>
        build.RunAsync(planned, cancellationToken);

    [Function(CollectNames.Fail)]
    public Task<bool> FailCollect([ActivityTrigger] CollectFault fault, CancellationToken cancellationToken) =>
        fail.RunAsync(fault, cancellationToken);
}
