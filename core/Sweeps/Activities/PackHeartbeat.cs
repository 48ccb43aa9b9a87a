using Microsoft.Extensions.Logging;
using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>
/// About once a second, while trials are being trained: writes their progress and reads the sweep's cancel flag. Trials
/// shorter than a second cost storage nothing.
/// </summary>
internal sealed class PackHeartbeat : IAsyncDisposable
{
    private const int ParallelWrites = 8;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly IArtifactStore _store;
    private readonly string _sweepId;
    private readonly IReadOnlyList<TrialBeat> _trials;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _cancelled;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public PackHeartbeat(
        IArtifactStore store,
        string sweepId,
        IReadOnlyList<TrialBeat> trials,
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

    /// <summary>Whether the sweep's flag, rather than the worker, asked to stop.</summary>
    public bool SweepCancelled { get; private set; }

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
                if (!await IsCancelledAsync()) continue;
                SweepCancelled = true;
                await _cancelled.CancelAsync();
                return;
            }
        }
    }

    private async Task<bool> IsCancelledAsync()
    {
        try
        {
            return await _store.FindAsync(BlobPaths.Sweep(_sweepId, SweepFiles.CancelFlag), _stop.Token) is not null;
        }
        catch (Exception exception)
        {
            if (!_stop.IsCancellationRequested) Log.FlagUnknown(_logger, _sweepId, exception);
            return false;
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
