using MusicPipeline.Sweeps.Activities;

namespace MusicPipeline.Sweeps.Orchestration;

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
        var packs = new Queue<int[]>(trials.InPacks());
        var running = new HashSet<Task>();
        while (packs.Count > 0 || running.Count > 0)
        {
            while (halting.Kind == HaltKind.None && packs.Count > 0 && running.Count < sweep.MaxParallel)
            {
                var pack = packs.Dequeue();
                progress.Start(pack);
                running.Add(TrainAsync(pack, progress));
            }

            if (running.Count == 0) break;
            context.SetStatus(progress.At(context.Now));

            // After a halt the running activities see it in storage, and end by themselves where they are to.
            var control = halting.Control;
            var finished = await Task.WhenAny([.. running, control]);
            if (finished == control)
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

    private async Task<TrialOutcome[]> TrainAsync(int[] indices, SweepProgress progress)
    {
        try
        {
            var pack = new TrialPack(sweepId, indices, sweep.Device, sweep.Run, sweep.Priority);
            return await context.CallActivityAsync<TrialOutcome[]>(ActivityNames.Train, pack, retry, halting, Waits);
        }
        catch (ActivityFailedException exception) when (indices.Length == 1 || halting.Kind != HaltKind.None)
        {
            // One trial's fault is that trial's result, never the sweep's.
            var state = halting.Kind switch
            {
                HaltKind.Pause => TrialState.Preempted,
                HaltKind.Cancel => TrialState.Cancelled,
                _ => TrialState.Failed,
            };
            return [.. indices.Select(index => new TrialOutcome(index, state, Reason: exception.Message))];
        }
        catch (ActivityFailedException)
        {
            // One trial can spoil a pack. Alone, those that have a result by now are done at once.
        }

        var outcomes = new List<TrialOutcome>(indices.Length);
        foreach (var index in indices) outcomes.AddRange(await TrainAsync([index], progress));
        return [.. outcomes];

        void Waits(bool waits)
        {
            if (waits) progress.Preempt(indices);
            else progress.Start(indices);
            context.SetStatus(progress.At(context.Now));
        }
    }
}
