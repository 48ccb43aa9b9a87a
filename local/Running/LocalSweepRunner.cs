using System.Collections.Concurrent;
using MusicPipeline.Local.Storage;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.Trials;

namespace MusicPipeline.Local.Running;

/// <summary>Runs sweeps in this process, several at a time, until they end or the process is asked to stop.</summary>
internal sealed class LocalSweepRunner(
    IArtifactStore store, LocalActivities activities, FailSweepActivity failing, TimeProvider time, ILogger<LocalSweepRunner> logger)
    : ISweepHost, IAsyncDisposable
{
    private static readonly TimeSpan ControlLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(5);

    // Never disposed: sweeps that are ending still read it, and it holds no timer.
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, Lazy<LocalSweep>> _running = new(StringComparer.Ordinal);

    public Task StartAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        _ = _running.GetOrAdd(sweepId, id => new Lazy<LocalSweep>(() => Start(id))).Value;
        return Task.CompletedTask;
    }

    public Task RaiseControlAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        if (_running.TryGetValue(sweepId, out var sweep)) sweep.Value.Context.Raise(SweepOrchestration.ControlEvent);
        return Task.CompletedTask;
    }

    public Task<SweepStatus?> FindStatusAsync(string sweepId, CancellationToken cancellationToken = default) =>
        Task.FromResult(_running.TryGetValue(sweepId, out var sweep) ? sweep.Value.Context.Status : null);

    /// <summary>Completes when the sweep has ended; at once where it does not run.</summary>
    public Task WaitAsync(string sweepId) =>
        _running.TryGetValue(sweepId, out var sweep) ? sweep.Value.Completion : Task.CompletedTask;

    /// <summary>Stops training and waits for it. Safe to repeat: a container disposes each registration.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Values.Select(sweep => sweep.Value.Completion));
    }

    private LocalSweep Start(string sweepId)
    {
        var context = new LocalSweepContext(activities, time, _stopping.Token);
        return new LocalSweep(context, Task.Run(() => RunAsync(sweepId, context)));
    }

    private async Task RunAsync(string sweepId, LocalSweepContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var watching = Task.CompletedTask;
        try
        {
            watching = WatchForControlAsync(sweepId, context, ended.Token);
            await SweepOrchestration.RunAsync(context, sweepId, RetryRule.Default);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            await LeaveAsync(sweepId);
        }
        catch (Exception exception)
        {
            Log.SweepFailed(logger, sweepId, exception);
            await FailAsync(sweepId, exception.Message);
        }

        await ended.CancelAsync();
        await watching;
        _running.TryRemove(sweepId, out _);
        await StartIfAskedMeanwhileAsync(sweepId);
    }

    /// <summary>Another process on the same storage may be asked to control the sweep; the flag is what reaches this one.</summary>
    private async Task WatchForControlAsync(string sweepId, LocalSweepContext context, CancellationToken ended)
    {
        string? seen = null;
        var known = true;
        while (!ended.IsCancellationRequested)
        {
            try
            {
                var flag = (await store.FindAsync(BlobPaths.Sweep(sweepId, SweepFiles.Halt), ended))?.ETag;
                if (flag != seen) context.Raise(SweepOrchestration.ControlEvent);
                (seen, known) = (flag, true);
                await Task.Delay(ControlLook, time, ended);
            }
            catch (Exception exception)
            {
                if (ended.IsCancellationRequested) return;
                // Told once, not each second for as long as it lasts.
                if (known) Log.ControlUnknown(logger, sweepId, StorageTrouble.Describe(exception) ?? exception.Message);
                known = false;
                await Task.WhenAny(Task.Delay(ControlLook, time, ended));
            }
        }
    }

    /// <summary>A start that came between the end of a run and its removal found the old run; it must not be lost.</summary>
    private async Task StartIfAskedMeanwhileAsync(string sweepId)
    {
        if (_stopping.IsCancellationRequested) return;
        try
        {
            if (await DocumentAsync(sweepId) is { State: SweepState.Waiting }) await StartAsync(sweepId);
        }
        catch (Exception exception)
        {
            Log.SweepFailed(logger, sweepId, exception);
        }
    }

    /// <summary>
    /// The process stops: the sweep is on record as waiting, so that whoever resumes or ends it starts it, as does the
    /// next host.
    /// </summary>
    private async Task LeaveAsync(string sweepId)
    {
        using var patience = new CancellationTokenSource(LeavePatience, time);
        try
        {
            await store.UpdateJsonAsync<SweepDocument>(
                BlobPaths.Sweep(sweepId, SweepFiles.Sweep),
                document => document.State == SweepState.Running ? document with { State = SweepState.Waiting } : document,
                patience.Token);
        }
        catch (Exception exception)
        {
            // Then it stays on record as running, which the next host takes up likewise.
            Log.SweepLeft(logger, sweepId, exception);
        }
    }

    private Task<SweepDocument?> DocumentAsync(string sweepId) =>
        store.TryReadJsonAsync<SweepDocument>(BlobPaths.Sweep(sweepId, SweepFiles.Sweep));

    private async Task FailAsync(string sweepId, string reason)
    {
        try
        {
            var run = (await DocumentAsync(sweepId))?.Run ?? 0;
            await failing.RunAsync(new SweepFault(sweepId, run, reason));
        }
        catch (Exception exception)
        {
            // Storage is gone; the sweep stays on record as running, so that the next start takes it up.
            Log.SweepFailed(logger, sweepId, exception);
        }
    }

    private sealed record LocalSweep(LocalSweepContext Context, Task Completion);
}
