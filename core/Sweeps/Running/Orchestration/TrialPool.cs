using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>Keeps a limited number of training activities running until every trial has ended or the sweep is halted.</summary>
/// <param name="context">The host.</param>
/// <param name="sweepId">The sweep.</param>
/// <param name="sweep">The sweep in numbers.</param>
/// <param name="trials">The trials to run.</param>
/// <param name="retry">How to retry what failed for a passing reason.</param>
/// <param name="halting">What the sweep is asked for.</param>
internal sealed class TrialPool(
    ISweepContext context, string sweepId, PlannedSweep sweep, PlannedPart trials, RetryRule retry, Halting halting)
{
    /// <summary>Runs trials and shows the sweep's status after each.</summary>
    /// <param name="tally">Where the sweep stands.</param>
    /// <returns>Where the sweep stands then; trials that were not started wait.</returns>
    public async Task<SweepTally> RunAsync(SweepTally tally)
    {
        var progress = new SweepProgress(tally, trials);
        var calls = new TrainingCalls(context, retry, halting);
        var packs = new Queue<int[]>(trials.InPacks());
        var running = new HashSet<Task>();
        while (packs.Count > 0 || running.Count > 0)
        {
            while (halting.Kind == HaltKind.None && packs.Count > 0 && running.Count < halting.Limit(sweep.MaxParallel))
            {
                var pack = packs.Dequeue();
                progress.Start(pack);
                running.Add(calls.TrainAsync(new TrialPack(sweepId, pack, sweep.Device, sweep.Run, sweep.Priority), progress));
            }

            if (running.Count == 0) break;
            context.SetStatus(progress.At(context.Now));

            // After a halt the running activities see it in storage, and end by themselves where they are to.
            var finished = await halting.FirstAsync(running);
            if (finished is null)
            {
                await halting.LookAsync();
                continue;
            }

            running.Remove(finished);
            foreach (var outcome in await (Task<TrialOutcome[]>)finished)
            {
                progress.Finish(outcome, context.Now);
                halting.Learn(outcome.State);
            }
        }

        return progress.ToTally();
    }
}
