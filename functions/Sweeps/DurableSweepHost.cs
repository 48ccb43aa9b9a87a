using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using MusicPipeline.Functions.Hosting;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.Trials;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>
/// Runs sweeps as orchestrations of Durable Functions: an instance with the id of its sweep, below one that waits for its end.
/// </summary>
internal sealed class DurableSweepHost(
    DurableInvocation invocation,
    IArtifactStore store,
    SweepTraces traces,
    HistoryRetention retention,
    TimeProvider time,
    ILogger<DurableSweepHost> logger) : ISweepHost
{
    // Writing a report takes seconds; after that its orchestration ends at once.
    private static readonly TimeSpan EndingPatience = TimeSpan.FromSeconds(30);

    public async Task StartAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        var client = invocation.Client;
        // Durable does not refuse the id of an instance that runs; it would start over.
        if (await DocumentAsync(sweepId, cancellationToken) is not { } document
            || await IsRunningAsync(client, document, cancellationToken)) return;
        await traces.RecordAsync(sweepId, cancellationToken);
        try
        {
            var options = new StartOrchestrationOptions(WatchOf(sweepId)) { Version = OrchestrationNames.Version };
            await client.ScheduleNewOrchestrationInstanceAsync(
                OrchestrationNames.Watch, new SweepRun(sweepId, document.Run), options, cancellationToken);
        }
        catch (Exception exception) when (
            exception is OrchestrationAlreadyExistsException or RpcException { StatusCode: StatusCode.AlreadyExists })
        {
            Log.StartedElsewhere(logger, sweepId);
        }

        await TellLowerOnesAsync(document, cancellationToken);
        retention.Begin(client);
    }

    /// <summary>Has running sweeps of a lower priority look at their commands: the task hub itself knows no priorities.</summary>
    private async Task TellLowerOnesAsync(SweepDocument sweep, CancellationToken cancellationToken)
    {
        foreach (var lower in await store.FindOutrankedAsync(sweep, cancellationToken)) await RaiseControlAsync(lower, cancellationToken);
    }

    public async Task RaiseControlAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        var client = invocation.Client;
        try
        {
            if (await client.GetInstanceAsync(sweepId, cancellationToken) is { IsCompleted: false })
                await client.RaiseEventAsync(sweepId, SweepOrchestration.ControlEvent, eventPayload: true, cancellationToken);
        }
        catch (RpcException exception)
        {
            // Ended between the two calls, most likely. What runs reads the document anyway, a little later.
            Log.ControlNotRaised(logger, sweepId, exception);
        }
    }

    public async Task<SweepStatus?> FindStatusAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        var status = await RunningStatusAsync(sweepId, cancellationToken);
        if (status?.Part is not { } part) return status;
        var child = DurableSweepContext.InstanceOf(sweepId, SweepOrchestration.ChildOf(part));
        return status.OrNewer(await RunningStatusAsync(child, cancellationToken));
    }

    public async Task<string?> FindLossAsync(SweepDocument sweep, CancellationToken cancellationToken = default)
    {
        var own = await FindAsync(invocation.Client, sweep.Id, cancellationToken);
        if (own is { IsCompleted: false }) return null;
        // Asked for last, as it ends last: as long as it runs it tells of the end itself.
        var watch = await FindAsync(invocation.Client, WatchOf(sweep.Id), cancellationToken);
        if (watch is { IsCompleted: false }) return null;
        // A sweep that waits may not have come so far that there is an orchestration of its run.
        if (sweep.State == SweepState.Waiting && RunOf(watch) != sweep.Run) return null;
        return (own ?? watch) is { } ended
            ? ended.RuntimeStatus == OrchestrationRuntimeStatus.Terminated
                ? OrchestrationEnd.Terminated
                : OrchestrationEnd.ReasonOf(ended.FailureDetails)
            : OrchestrationEnd.Gone;
    }

    public async Task ForgetAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        var client = invocation.Client;
        try
        {
            // It is on record as ended a moment before its orchestrations are, and what runs cannot be purged.
            if (await FindAsync(client, WatchOf(sweepId), cancellationToken) is { IsCompleted: false })
                await EndsAsync(client, WatchOf(sweepId), cancellationToken);
            await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery { InstanceIdPrefix = sweepId })
                .WithCancellation(cancellationToken))
            {
                if (IsOf(instance.InstanceId, sweepId))
                    await client.PurgeInstanceAsync(instance.InstanceId, cancellation: cancellationToken);
            }
        }
        catch (RpcException exception)
        {
            Log.HistoryNotPurged(logger, sweepId, exception);
        }
    }

    /// <summary>Instance id of the orchestration that waits for a sweep's own.</summary>
    public static string WatchOf(string sweepId) => DurableSweepContext.InstanceOf(sweepId, "watch");

    private async Task<SweepStatus?> RunningStatusAsync(string instanceId, CancellationToken cancellationToken)
    {
        var instance = await FindAsync(invocation.Client, instanceId, cancellationToken);
        return instance is { IsRunning: true } ? StatusOf(instance) : null;
    }

    /// <summary>
    /// Whether a sweep has an orchestration that runs. One is on record as ended a moment before its orchestration is; a new
    /// start that comes in between waits for that end, or it would be lost.
    /// </summary>
    private async Task<bool> IsRunningAsync(DurableTaskClient client, SweepDocument document, CancellationToken cancellationToken)
    {
        var asked = FindAsync(client, document.Id, cancellationToken);
        var watch = await FindAsync(client, WatchOf(document.Id), cancellationToken);
        var own = await asked;
        if ((watch is { IsCompleted: false } ? watch : own) is not { IsCompleted: false } last) return false;
        var isEnding = own is { IsCompleted: true } ? RunOf(watch) != document.Run : own is not null && StatusOf(own) is { IsEnding: true };
        if (!isEnding || document.State != SweepState.Waiting) return true;
        return !await EndsAsync(client, last.InstanceId, cancellationToken)
            || await DocumentAsync(document.Id, cancellationToken) is not { State: SweepState.Waiting };
    }

    /// <summary>Waits for an orchestration that is about to end; false where it does not after all.</summary>
    private async Task<bool> EndsAsync(DurableTaskClient client, string instanceId, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = new CancellationTokenSource(EndingPatience, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await client.WaitForInstanceCompletionAsync(instanceId, both.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    // A part is a child, and the watch is named like one.
    private static bool IsOf(string instanceId, string sweepId) =>
        instanceId == sweepId || instanceId.StartsWith(DurableSweepContext.InstanceOf(sweepId, ""), StringComparison.Ordinal);

    private Task<SweepDocument?> DocumentAsync(string sweepId, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<SweepDocument>(BlobPaths.Sweep(sweepId, SweepFiles.Sweep), cancellationToken);

    private static Task<OrchestrationMetadata?> FindAsync(
        DurableTaskClient client, string instanceId, CancellationToken cancellationToken) =>
        client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken);

    private static int? RunOf(OrchestrationMetadata? watch) => watch?.SerializedInput is null ? null : watch.ReadInputAs<SweepRun>()?.Run;

    private static SweepStatus? StatusOf(OrchestrationMetadata instance) =>
        instance.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<SweepStatus>();
}
