using Microsoft.Extensions.Logging;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// About once a second, while trials are being trained: writes their progress and looks whether the sweep was halted.
/// Trials shorter than a second cost storage nothing.
/// </summary>
internal sealed class PackHeartbeat : IAsyncDisposable
{
    private const int ParallelWrites = 8;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly IArtifactStore _store;
    private readonly string _sweepId;
    private readonly IReadOnlyList<TrialHeartbeat> _trials;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _cancelled;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private volatile HaltKind _halt;

    public PackHeartbeat(
        IArtifactStore store,
        string sweepId,
        IReadOnlyList<TrialHeartbeat> trials,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        (_store, _sweepId, _trials, _logger) = (store, sweepId, trials, logger);
        _cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _loop = RunAsync(new PeriodicTimer(Period, time));
    }

    /// <summary>Cancelled when the sweep is, or when the worker stops.</summary>
    public CancellationToken Token => _cancelled.Token;

    /// <summary>Whether the sweep was cancelled: it, rather than the worker, asked to stop.</summary>
    public bool SweepCancelled => _halt == HaltKind.Cancel;

    /// <summary>Whether the sweep is paused: what can go on later is to end after its epoch.</summary>
    public bool SweepPaused => _halt == HaltKind.Pause;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await Parallel.ForEachAsync(
            _trials, new ParallelOptions { MaxDegreeOfParallelism = ParallelWrites }, async (trial, _) => await trial.EndAsync());
        _stop.Dispose();
        _cancelled.Dispose();
    }

    private async Task RunAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            while (await NextAsync(timer))
            {
                await Parallel.ForEachAsync(
                    _trials, new ParallelOptions { MaxDegreeOfParallelism = ParallelWrites }, async (trial, _) => await trial.ShowAsync());
                _halt = await HaltAsync();
                if (!SweepCancelled) continue;
                await _cancelled.CancelAsync();
                return;
            }
        }
    }

    private async Task<HaltKind> HaltAsync()
    {
        try
        {
            // The document is read where there is something to read: heartbeats come every second from every worker.
            if (await _store.FindAsync(BlobPaths.Sweep(_sweepId, SweepFiles.Halt), _stop.Token) is null) return HaltKind.None;
            var document = await _store.TryReadJsonAsync<SweepDocument>(SweepDocuments.PathOf(_sweepId), _stop.Token);
            return document?.Halt ?? HaltKind.Cancel;
        }
        catch (Exception exception)
        {
            if (!_stop.IsCancellationRequested) Log.FlagUnknown(_logger, _sweepId, exception);
            return _halt;
        }
    }

    private async ValueTask<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
