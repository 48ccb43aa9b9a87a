using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;

namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>
/// Has the baselines of a sweep trained beside its trials, half as many at once, so that trials keep the other half of the
/// workers. What goes wrong with one is a sentence in the report, never the sweep's failure.
/// </summary>
/// <param name="context">The host.</param>
/// <param name="sweepId">The sweep.</param>
/// <param name="sweep">The sweep in numbers.</param>
/// <param name="retry">How to retry what failed for a passing reason.</param>
/// <param name="halting">What the sweep is asked for.</param>
internal sealed class BaselineRuns(
    ISweepContext context, string sweepId, PlannedSweep sweep, RetryRule retry, Halting halting)
{
    // All reasons together have to fit into a message.
    private const int MaxReasonLength = 150;

    private readonly List<BaselineFault> _faults = [];
    private Task _all = Task.CompletedTask;
    private int _next;
    private bool _isLeft;

    /// <summary>Starts them.</summary>
    public void Start()
    {
        if (sweep.Baselines > 0) _all = RunAsync();
    }

    /// <summary>
    /// Waits for them. Like trials they are finished when the sweep is stopped; when it is paused or cancelled, what runs
    /// is left behind, because nothing can break it off: what it comes to is on record for the next start.
    /// </summary>
    /// <returns>Those that failed; null for none.</returns>
    public async Task<IReadOnlyList<BaselineFault>?> EndAsync()
    {
        while (halting.Kind is not (HaltKind.Pause or HaltKind.Cancel))
        {
            // A pause that was taken back before the trials ended has kept some from starting.
            if (_all.IsCompleted && MayStart) _all = RunAsync();
            if (_all.IsCompleted) break;
            if (await halting.FirstAsync([_all]) is null) await halting.LookAsync();
        }

        _isLeft = true;
        if (!_all.IsCompleted) return null;
        await _all;
        return _faults.Count > 0 ? _faults : null;
    }

    private bool MayStart => _next < sweep.Baselines && halting.Kind == HaltKind.None && !_isLeft;

    private async Task RunAsync()
    {
        var running = new List<Task<BaselineFault?>>();
        while (true)
        {
            while (MayStart && running.Count < halting.Limit((sweep.MaxParallel + 1) / 2)) running.Add(TrainAsync(_next++));
            if (running.Count == 0) return;
            var finished = await Task.WhenAny(running);
            running.Remove(finished);
            if (await finished is { } fault) _faults.Add(fault);
        }
    }

    private async Task<BaselineFault?> TrainAsync(int index)
    {
        try
        {
            await context.CallActivityAsync<bool>(
                ActivityNames.TrainBaseline, new BaselineCall(sweepId, index, sweep.Run, sweep.Priority), retry, halting);
            return null;
        }
        catch (ActivityFailedException exception)
        {
            var reason = exception.Message;
            return new BaselineFault(index, reason.Length > MaxReasonLength ? reason[..MaxReasonLength] + "..." : reason);
        }
    }
}
