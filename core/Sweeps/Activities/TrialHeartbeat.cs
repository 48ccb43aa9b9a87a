using Microsoft.Extensions.Logging;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Live;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>
/// About once a second, while a trial is being trained: writes its progress and reads the sweep's cancel flag. A trial
/// shorter than a second costs storage nothing.
/// </summary>
internal sealed class TrialHeartbeat : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly IArtifactStore _store;
    private readonly string _sweepId;
    private readonly Trial _trial;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _cancelled;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private readonly GrowingCurve _curve = new();
    private TrialProgress? _latest;
    private bool _written;

    public TrialHeartbeat(
        IArtifactStore store,
        string sweepId,
        Trial trial,
        bool mayBeLeft,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        (_store, _sweepId, _trial, _logger) = (store, sweepId, trial, logger);
        // A try that was killed leaves its progress behind; only one of some length has shown any.
        _written = mayBeLeft;
        _cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _loop = RunAsync(new PeriodicTimer(Period, time));
    }

    /// <summary>Cancelled when the sweep is, or when the worker stops.</summary>
    public CancellationToken Token => _cancelled.Token;

    /// <summary>Whether the sweep's flag, rather than the worker, asked to stop.</summary>
    public bool SweepCancelled { get; private set; }

    public void Epoch(int epoch, EpochMetrics metrics)
    {
        _curve.Add(epoch, metrics);
        Volatile.Write(ref _latest, new TrialProgress(epoch, _trial.Parameters.Epochs, metrics));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        if (_written) await RemoveProgressAsync();
        _stop.Dispose();
        _cancelled.Dispose();
    }

    private async Task RemoveProgressAsync()
    {
        try
        {
            await _store.DeleteAsync(BlobPaths.Trial(_trial.Id, SweepFiles.Progress), CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Nobody reads the progress of a trial that is done, and its result must not be lost over this.
            Log.HeartbeatFailed(_logger, _trial.Id, exception);
        }
    }

    private async Task RunAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            TrialProgress? shown = null;
            while (await NextAsync(timer))
            {
                try
                {
                    var latest = Volatile.Read(ref _latest);
                    if (latest is not null && latest != shown)
                    {
                        // To its end: a write broken off could reach storage after the removal.
                        _written = true;
                        await _store.WriteJsonAsync(BlobPaths.Trial(_trial.Id, SweepFiles.Progress), latest with { Curve = _curve.Copy() }, CancellationToken.None);
                        shown = latest;
                    }

                    var flag = BlobPaths.Sweep(_sweepId, SweepFiles.CancelFlag);
                    if (await _store.FindAsync(flag, _stop.Token) is null) continue;
                    SweepCancelled = true;
                    await _cancelled.CancelAsync();
                    return;
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // Progress is a courtesy: training goes on, and the next beat tries again.
                    Log.HeartbeatFailed(_logger, _trial.Id, exception);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
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
