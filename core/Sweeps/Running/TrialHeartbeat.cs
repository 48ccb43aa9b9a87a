using Microsoft.Extensions.Logging;
using MusicPipeline.Storage;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary><c>progress.json</c> of a trial that is being trained. Nothing that goes wrong with it harms the trial.</summary>
/// <param name="store">Where it is written.</param>
/// <param name="trial">The trial.</param>
/// <param name="mayBeLeft">Whether a try that was killed may have left one; only one of some length has shown any.</param>
/// <param name="logger">Who is told of faults.</param>
internal sealed class TrialHeartbeat(IArtifactStore store, Trial trial, bool mayBeLeft, ILogger logger)
{
    private readonly BlobPath _path = BlobPaths.Trial(trial.Id, SweepFiles.Progress);

    // Never disposed: it holds no handle, and a write that is late still reads it.
    private readonly SemaphoreSlim _gate = new(1);
    private readonly GrowingCurve _curve = new();
    private TrialProgress? _latest;
    private TrialProgress? _shown;
    private bool _written = mayBeLeft;
    private bool _ended;

    public void Epoch(int epoch, EpochMetrics metrics)
    {
        _curve.Add(epoch, metrics);
        Volatile.Write(ref _latest, new TrialProgress(epoch, trial.Parameters.Epochs, metrics));
    }

    /// <summary>Writes what has changed since the last heartbeat.</summary>
    public async Task ShowAsync()
    {
        await _gate.WaitAsync();
        try
        {
            var latest = Volatile.Read(ref _latest);
            if (_ended || latest is null || latest == _shown) return;
            // To its end: a write broken off could reach storage after the removal.
            _written = true;
            await store.WriteJsonAsync(_path, latest with { Curve = _curve.Copy() }, CancellationToken.None);
            _shown = latest;
        }
        catch (Exception exception)
        {
            // Progress is a courtesy: training goes on, and the next heartbeat tries again.
            Log.HeartbeatFailed(logger, trial.Id, exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Removes the progress; nothing is shown any more.</summary>
    public async Task EndAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (!_ended && _written) await store.DeleteAsync(_path, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Nobody reads the progress of a trial that is done, and its result must not be lost over this.
            Log.HeartbeatFailed(logger, trial.Id, exception);
        }
        finally
        {
            _ended = true;
            _gate.Release();
        }
    }
}
