using MusicPipeline.Sweeps.Activities;

namespace MusicPipeline.Sweeps.Orchestration;

/// <summary>
/// A sweep from plan to report, written once for every host. It holds no state but its own variables, so that a host
/// may run it again from the start: activities that are done answer at once.
/// </summary>
public static class SweepOrchestration
{
    /// <summary>The event that cancels a sweep.</summary>
    public const string CancelEvent = "cancel";

    /// <summary>Runs a sweep that is on record.</summary>
    /// <param name="context">The host.</param>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="retry">How to retry what failed for a passing reason.</param>
    /// <exception cref="ActivityFailedException">The sweep could not be planned or gathered.</exception>
    public static async Task<SweepState> RunAsync(ISweepContext context, string sweepId, RetryRule retry)
    {
        var startedAt = context.Now;
        var plan = await CallAsync<PlannedSweep>(context, ActivityNames.Plan, sweepId, retry);
        var progress = new SweepProgress(plan, startedAt);
        var packs = new Queue<int[]>(plan.Order.Chunk(plan.PackSize));
        var running = new Dictionary<Task, int[]>();
        var cancelled = plan.CancelRequested ? Task.CompletedTask : context.WaitForEventAsync(CancelEvent);

        while (packs.Count > 0 || running.Count > 0)
        {
            while (!IsCancelled() && packs.Count > 0 && running.Count < plan.MaxParallel)
            {
                var pack = packs.Dequeue();
                progress.Start(pack);
                running.Add(TrainAsync(context, new TrialPack(sweepId, pack), retry, cancelled), pack);
            }

            context.SetStatus(progress.At(context.Now));
            if (running.Count == 0) break;

            // After a cancel the running activities see the flag in storage and end by themselves.
            var finished = await Task.WhenAny(cancelled.IsCompleted ? running.Keys : [.. running.Keys, cancelled]);
            if (!running.Remove(finished)) continue;
            foreach (var outcome in await (Task<TrialOutcome[]>)finished) progress.Finish(outcome);
        }

        foreach (var index in packs.SelectMany(pack => pack)) progress.Finish(new TrialOutcome(index, TrialState.Cancelled));
        context.SetStatus(progress.At(context.Now));
        var ending = new SweepEnding(sweepId, IsCancelled(), progress.Reused, progress.Failures);
        return await CallAsync<SweepState>(context, ActivityNames.Aggregate, ending, retry);

        // The event can be lost where it is raised before the host knows the sweep; a trial that saw the flag cannot.
        bool IsCancelled() => cancelled.IsCompleted || progress.HasCancelled;
    }

    private static async Task<TrialOutcome[]> TrainAsync(
        ISweepContext context, TrialPack pack, RetryRule retry, Task cancelled)
    {
        try
        {
            return await CallAsync<TrialOutcome[]>(context, ActivityNames.Train, pack, retry, cancelled);
        }
        catch (ActivityFailedException exception)
        {
            // One trial's fault is that trial's result, never the sweep's.
            var state = cancelled.IsCompleted ? TrialState.Cancelled : TrialState.Failed;
            return [.. pack.Indices.Select(index => new TrialOutcome(index, state, Reason: exception.Message))];
        }
    }

    private static async Task<TResult> CallAsync<TResult>(
        ISweepContext context, string activity, object input, RetryRule retry, Task? cancelled = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            ActivityFailedException failure;
            try
            {
                return await context.CallActivityAsync<TResult>(activity, input);
            }
            catch (ActivityFailedException exception)
                when (!exception.IsPermanent && attempt < retry.Attempts && cancelled is not { IsCompleted: true })
            {
                // The wait belongs outside of the handler: Durable replays awaits, not exception filters.
                failure = exception;
            }

            var delay = context.DelayAsync(retry.DelayAfter(attempt));
            await (cancelled is null ? delay : await Task.WhenAny(delay, cancelled));
            if (cancelled is { IsCompleted: true }) throw failure;
        }
    }
}
