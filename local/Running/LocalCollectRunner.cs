using System.Collections.Concurrent;
using MusicPipeline.Collections;
using MusicPipeline.Collections.Orchestration;
using MusicPipeline.Sweeps.Running.Orchestration;

namespace MusicPipeline.Local.Running;

/// <summary>Collects in this process, until it ends or the process is asked to stop.</summary>
internal sealed class LocalCollectRunner(LocalActivities activities, TimeProvider time, ILogger<LocalCollectRunner> logger)
    : ICollectHost, IAsyncDisposable
{
    // Never disposed: what is ending still reads it, and it holds no timer.
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<CollectRun, Lazy<Task>> _running = new();

    public Task<bool> TryStartAsync(CollectRun run, CancellationToken cancellationToken = default)
    {
        _ = _running.GetOrAdd(run, asked => new Lazy<Task>(() => Task.Run(() => RunAsync(asked)))).Value;
        return Task.FromResult(true);
    }

    /// <summary>Completes when the run has ended; at once where it does not run.</summary>
    public Task WaitAsync(CollectRun run) => _running.TryGetValue(run, out var task) ? task.Value : Task.CompletedTask;

    /// <summary>Stops and waits for what runs. Safe to repeat: a container disposes each registration.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Values.Select(task => task.Value));
    }

    private async Task RunAsync(CollectRun run)
    {
        try
        {
            await CollectOrchestration.RunAsync(new LocalSweepContext(activities, time, _stopping.Token), run, RetryRule.Default);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It stays on record as running, and the next host goes on with it.
        }
        catch (Exception exception)
        {
            // Storage is gone, most likely; whoever asks again starts it anew.
            Log.CollectFailed(logger, run.Collection, exception);
        }
        finally
        {
            _running.TryRemove(run, out _);
        }
    }
}
