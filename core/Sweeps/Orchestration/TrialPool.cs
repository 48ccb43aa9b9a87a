using MusicPipeline.Sweeps.Activities;

namespace MusicPipeline.Sweeps.Orchestration;

/// <summary>Keeps a limited number of training activities running until every trial has ended or the sweep is cancelled.</summary>
internal static class TrialPool
{
    /// <summary>Runs trials and shows the sweep's status after each.</summary>
    /// <returns>Where the sweep stands then.</returns>
    public static async Task<SweepTally> RunAsync(
        ISweepContext context,
        string sweepId,
        PlannedSweep sweep,
        PlannedPart trials,
        SweepTally tally,
        RetryRule retry,
        Task cancelled)
    {
        var progress = new SweepProgress(tally, trials);
        var packs = new Queue<int[]>(trials.InPacks());
        var running = new HashSet<Task>();
        while (packs.Count > 0 || running.Count > 0)
        {
            while (!IsCancelled() && packs.Count > 0 && running.Count < sweep.MaxParallel)
            {
                var pack = packs.Dequeue();
                progress.Start(pack);
                running.Add(TrainAsync(context, new TrialPack(sweepId, pack, sweep.Device), retry, cancelled));
            }

            if (running.Count == 0) break;
            context.SetStatus(progress.At(context.Now));

            // After a cancel the running activities see the flag in storage and end by themselves.
            var finished = await Task.WhenAny(cancelled.IsCompleted ? running : [.. running, cancelled]);
            if (!running.Remove(finished)) continue;
            foreach (var outcome in await (Task<TrialOutcome[]>)finished) progress.Finish(outcome, context.Now);
        }

        foreach (var index in packs.SelectMany(pack => pack)) progress.Finish(new TrialOutcome(index, TrialState.Cancelled), context.Now);
        return progress.ToTally();

        bool IsCancelled() => cancelled.IsCompleted || progress.HasCancelled;
    }

    private static async Task<TrialOutcome[]> TrainAsync(
        ISweepContext context, TrialPack pack, RetryRule retry, Task cancelled)
    {
        try
        {
            return await context.CallActivityAsync<TrialOutcome[]>(ActivityNames.Train, pack, retry, cancelled);
        }
        catch (ActivityFailedException exception) when (pack.Indices.Count == 1 || cancelled.IsCompleted)
        {
            // One trial's fault is that trial's result, never the sweep's.
            var state = cancelled.IsCompleted ? TrialState.Cancelled : TrialState.Failed;
            return [.. pack.Indices.Select(index => new TrialOutcome(index, state, Reason: exception.Message))];
        }
        catch (ActivityFailedException)
        {
            // One trial can spoil a pack. Alone, those that have a result by now are done at once.
        }

        var outcomes = new List<TrialOutcome>(pack.Indices.Count);
        foreach (var index in pack.Indices)
            outcomes.AddRange(await TrainAsync(context, pack with { Indices = [index] }, retry, cancelled));
        return [.. outcomes];
    }
}
