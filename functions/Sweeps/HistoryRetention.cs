using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicPipeline.Functions.Hosting;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>
/// Purges Durable's history of sweeps that ended long ago, beside the start of another one: then history grows, and then there
/// is a worker anyway. A timer would wake an app that is at rest.
/// </summary>
internal sealed class HistoryRetention(IOptions<HistoryOptions> options, TimeProvider time, ILogger<HistoryRetention> logger)
{
    // The task hub is searched for what is old.
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    // Not every task hub takes none, or the first of all dates.
    private static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    private readonly Lock _gate = new();
    private DateTimeOffset _next;

    /// <summary>Purges what is old, unless this worker did so within the hour; nobody waits for it.</summary>
    public void Begin(DurableTaskClient client)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (now < _next) return;
            _next = now + Pause;
        }

        _ = Task.Run(() => TryPurgeAsync(client));
    }

    /// <summary>Purges orchestrations that have ended and were started longer ago than the retention.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> PurgeAsync(DurableTaskClient client)
    {
        var before = time.GetUtcNow() - TimeSpan.FromDays(options.Value.RetentionDays);
        var purged = await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Beginning, before, Ended));
        if (purged.PurgedInstanceCount > 0) Log.HistoryPurged(logger, purged.PurgedInstanceCount, before);
        return purged.PurgedInstanceCount;
    }

    private async Task TryPurgeAsync(DurableTaskClient client)
    {
        try
        {
            await PurgeAsync(client);
        }
        catch (Exception exception)
        {
            Log.OldHistoryNotPurged(logger, exception);
        }
    }
}
