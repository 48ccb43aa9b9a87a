using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using MusicPipeline.Functions.Hosting;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Orchestration;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>Runs sweeps as orchestrations of Durable Functions; an instance has the id of its sweep.</summary>
internal sealed class DurableSweepHost(
    DurableClients clients, IArtifactStore store, SweepTraces traces, TimeProvider time, ILogger<DurableSweepHost> logger) : ISweepHost
{
    // Writing a report takes seconds; after that its orchestration ends at once.
    private static readonly TimeSpan EndingPatience = TimeSpan.FromSeconds(30);

    public async Task StartAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        var client = clients.Current;
        // Durable does not refuse the id of an instance that runs; it would start over.
        var present = await client.GetInstanceAsync(sweepId, getInputsAndOutputs: true, cancellationToken);
        if (present is { IsCompleted: false } && !await EndsForNewStartAsync(client, present, cancellationToken)) return;
        await traces.RecordAsync(sweepId, cancellationToken);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                OrchestrationNames.Sweep, sweepId, new StartOrchestrationOptions(sweepId), cancellationToken);
        }
        catch (Exception exception) when (
            exception is OrchestrationAlreadyExistsException or RpcException { StatusCode: StatusCode.AlreadyExists })
        {
            Log.StartedElsewhere(logger, sweepId);
        }

        await TellLowerOnesAsync(sweepId, cancellationToken);
    }

    /// <summary>Has running sweeps of a lower priority look at their orders: the task hub itself knows no priorities.</summary>
    private async Task TellLowerOnesAsync(string sweepId, CancellationToken cancellationToken)
    {
        foreach (var lower in await store.FindOutrankedAsync(sweepId, cancellationToken)) await RaiseControlAsync(lower, cancellationToken);
    }

    public async Task RaiseControlAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        var client = clients.Current;
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

    private async Task<SweepStatus?> RunningStatusAsync(string instanceId, CancellationToken cancellationToken)
    {
        var instance = await clients.Current.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken);
        return instance is { IsRunning: true } ? StatusOf(instance) : null;
    }

    /// <summary>
    /// A sweep is on record as ended a moment before its orchestration is. A new start that comes in between waits
    /// for that end, or it would be lost.
    /// </summary>
    private async Task<bool> EndsForNewStartAsync(
        DurableTaskClient client, OrchestrationMetadata present, CancellationToken cancellationToken)
    {
        if (StatusOf(present) is not { } status || !status.IsEnding || !await IsWaitingAsync(present.InstanceId, cancellationToken)) return false;
        try
        {
            using var patience = new CancellationTokenSource(EndingPatience, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await client.WaitForInstanceCompletionAsync(present.InstanceId, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        return await IsWaitingAsync(present.InstanceId, cancellationToken);
    }

    private async Task<bool> IsWaitingAsync(string sweepId, CancellationToken cancellationToken) =>
        (await store.TryReadJsonAsync<SweepDocument>(BlobPaths.Sweep(sweepId, SweepFiles.Sweep), cancellationToken))?.State == SweepState.Waiting;

    private static SweepStatus? StatusOf(OrchestrationMetadata instance) =>
        instance.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<SweepStatus>();
}
