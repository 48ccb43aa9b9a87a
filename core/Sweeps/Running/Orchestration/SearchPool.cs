using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>
/// Keeps a limited number of training activities running until every trial has ended or the sweep is halted: packs as they
/// were planned, or in a sweep that searches what its results decide on. There, after a number of activities, it starts no
/// more, waits for those that run and hands its state on, so that no history grows with the sweep.
/// </summary>
/// <param name="context">The host.</param>
/// <param name="part">The sweep, and where it stands.</param>
/// <param name="trials">The trials to run, in the order in which to start them; of a search every trial that is in the plan.</param>
/// <param name="retry">How to retry what failed for a passing reason.</param>
/// <param name="halting">What the sweep is asked for.</param>
internal sealed class SearchPool(ISweepContext context, SweepPart part, PlannedPart trials, RetryRule retry, Halting halting)
{
    private readonly SweepProgress _progress = new(part.Tally, trials);
    private readonly TrainingCalls _calls = new(context, retry, halting);
    private readonly Queue<int[]> _packs = new(part.Sweep.Search is null ? trials.InPacks() : []);

    /// <summary>Runs trials and shows the sweep's status after each.</summary>
    /// <returns>Where the sweep stands then; trials that were not started wait.</returns>
    public async Task<SweepTally> RunAsync()
    {
        var search = part.Sweep.Search is { } plan ? new RunningSearch(context, part, plan, trials, _progress, retry, halting) : null;
        // What was planned is no more than a part; a search does not know how often its trials come back.
        var capacity = search is null ? int.MaxValue : part.Sweep.PartSize;
        _progress.Unplanned = search?.Unplanned ?? 0;
        var running = new HashSet<Task>();
        while (true)
        {
            while (halting.Kind == HaltKind.None && capacity > 0 && running.Count < halting.Limit(part.Sweep.MaxParallel)
                && (search is null ? NextPack() : await search.NextPackAsync()) is { } pack)
            {
                capacity--;
                _progress.Start(pack.Indices);
                running.Add(_calls.TrainAsync(pack, _progress));
            }

            if (running.Count == 0) break;
            context.SetStatus(_progress.At(context.Now));

            // After a halt the running activities see it in storage, and end by themselves where they are to.
            var finished = await halting.FirstAsync(running);
            if (finished is null)
            {
                await halting.LookAsync();
                continue;
            }

            running.Remove(finished);
            var outcomes = await (Task<TrialOutcome[]>)finished;
            foreach (var outcome in outcomes)
            {
                _progress.Finish(outcome, context.Now);
                halting.Learn(outcome.State);
            }

            search?.Return(outcomes);
        }

        var state = search?.End(isThrough: capacity > 0);
        return _progress.ToTally() with { Search = state };
    }

    private TrialPack? NextPack() => _packs.TryDequeue(out var indices) ? part.PackOf(indices) : null;
}
