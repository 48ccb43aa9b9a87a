using System.Security.Cryptography;
using System.Text;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MusicPipeline.Collections;
using MusicPipeline.Collections.Orchestration;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Sweeps.Running.Orchestration;

namespace MusicPipeline.Functions.Collections;

/// <summary>Runs collectings as orchestrations of Durable Functions, an instance for each run.</summary>
internal sealed class DurableCollectHost(DurableInvocation invocation) : ICollectHost
{
    public async Task<bool> TryStartAsync(CollectRun run, CancellationToken cancellationToken = default)
    {
        var client = invocation.Client;
        var id = InstanceOf(run);
        // Durable does not refuse the id of an instance that is there; it would start over.
        if (await client.GetInstanceAsync(id, cancellationToken) is { } present) return !present.IsCompleted;
        try
        {
            var options = new StartOrchestrationOptions(id) { Version = OrchestrationNames.Version };
            await client.ScheduleNewOrchestrationInstanceAsync(CollectNames.Orchestration, run, options, cancellationToken);
        }
        catch (Exception exception) when (
            exception is OrchestrationAlreadyExistsException or RpcException { StatusCode: StatusCode.AlreadyExists })
        {
            // Another worker was faster.
        }

        return true;
    }

    /// <summary>Instance id of a run; a collection's name may have characters that no id has.</summary>
    public static string InstanceOf(CollectRun run) =>
        $"collect-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run.Collection)))[..16]}-{run.Run}";
}
