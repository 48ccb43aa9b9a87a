using MusicPipeline.Sweeps.Activities;
using MusicPipeline.Training.Packs;

namespace MusicPipeline.Sweeps.Orchestration;

/// <summary>
/// A sweep from plan to report, written once for every host. It holds no state but its own variables, so that a host
/// may run it again from the start: activities that are done answer at once. A large sweep is run part by part in
/// child orchestrations, so that no history grows with the sweep.
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
        var device = await context.CallActivityAsync<DeviceCapacity>(ActivityNames.DescribeDevice, sweepId, retry);
        var plan = await context.CallActivityAsync<PlannedSweep>(ActivityNames.Plan, new SweepStart(sweepId, device), retry);
        var tally = SweepTally.Of(plan, startedAt);
        var cancelled = plan.CancelRequested ? Task.CompletedTask : context.WaitForEventAsync(CancelEvent);
        tally = plan.Whole is { } whole
            ? await TrialPool.RunAsync(context, sweepId, plan, whole, tally, retry, cancelled)
            : await RunPartsAsync(context, sweepId, plan, tally, cancelled);

        // The event can be lost where it is raised before the host knows the sweep; a trial that saw the flag cannot.
        var rest = new SweepProgress(tally, PlannedPart.None);
        var isCancelled = cancelled.IsCompleted || rest.HasCancelled;
        if (isCancelled) rest.CancelWaiting();
        context.SetStatus(rest.At(context.Now));
        var ending = new SweepEnding(sweepId, isCancelled, rest.ToTally(), plan.Run);
        return await context.CallActivityAsync<SweepState>(ActivityNames.Aggregate, ending, retry);
    }

    /// <summary>Runs a part of a large sweep, as a child of <see cref="RunAsync"/>.</summary>
    /// <param name="context">The host; the status that is set here is one of the whole sweep.</param>
    /// <param name="part">The part, and where the sweep stands.</param>
    /// <param name="retry">How to retry what failed for a passing reason.</param>
    /// <returns>Where the sweep stands after the part.</returns>
    /// <exception cref="ActivityFailedException">The part's plan could not be read.</exception>
    public static async Task<SweepTally> RunPartAsync(ISweepContext context, SweepPart part, RetryRule retry)
    {
        // Asked for first, so that no event is missed while the plan is read.
        var cancelEvent = context.WaitForEventAsync(CancelEvent);
        var trials = await context.CallActivityAsync<PlannedPart>(ActivityNames.PlanPart, part.Range, retry);
        var cancelled = trials.CancelRequested ? Task.CompletedTask : cancelEvent;
        return await TrialPool.RunAsync(context, part.SweepId, part.Sweep, trials, part.Tally, retry, cancelled);
    }

    /// <summary>Name of the child that runs a part, as <see cref="ISweepContext.CallSubOrchestrationAsync"/> is given it.</summary>
    public static string ChildOf(int part) => $"part-{part}";

    // One after the other: the limit then holds over the whole sweep. Trials of a part cost about the same, so that
    // only the last round of each part may leave workers without work.
    private static async Task<SweepTally> RunPartsAsync(
        ISweepContext context, string sweepId, PlannedSweep plan, SweepTally tally, Task cancelled)
    {
        for (var number = 0; (long)number * plan.PartSize < plan.Trials && !cancelled.IsCompleted; number++)
        {
            var before = new SweepProgress(tally, PlannedPart.None);
            if (before.HasCancelled) break;
            context.SetStatus(before.At(context.Now, runningPart: number));
            var child = context.CallSubOrchestrationAsync<SweepTally>(
                OrchestrationNames.Part, ChildOf(number), new SweepPart(sweepId, number, plan, tally));
            if (await Task.WhenAny(child, cancelled) == cancelled) context.SendEvent(ChildOf(number), CancelEvent);
            tally = await child;
        }

        return tally;
    }
}
