using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>
/// A sweep from plan to report, written once for every host. It holds no state but its own variables, so that a host
/// may run it again from the start: activities that are done answer at once. A large sweep is run part by part in
/// child orchestrations, so that no history grows with the sweep.
/// </summary>
public static class SweepOrchestration
{
    /// <summary>The event that says that the sweep was asked for something: to pause, to go on, to stop, to end now.</summary>
    public const string ControlEvent = "control";

    /// <summary>Runs a sweep that is on record.</summary>
    /// <param name="context">The host.</param>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="retry">How to retry what failed for a passing reason.</param>
    /// <exception cref="ActivityFailedException">The sweep could not be planned or gathered.</exception>
    public static async Task<SweepState> RunAsync(ISweepContext context, string sweepId, RetryRule retry)
    {
        // One for all runs: a wait that is left behind would take the next event.
        var halting = new Halting(context, sweepId, retry);
        SweepState state;
        do
        {
            state = await RunOnceAsync(context, sweepId, retry, halting);
        }
        while (state == SweepState.Waiting);
        return state;
    }

    /// <summary>Runs a part of a large sweep, as a child of <see cref="RunAsync"/>.</summary>
    /// <param name="context">The host; the status that is set here is one of the whole sweep.</param>
    /// <param name="part">The part, and where the sweep stands.</param>
    /// <param name="retry">How to retry what failed for a passing reason.</param>
    /// <returns>Where the sweep stands after the part.</returns>
    /// <exception cref="ActivityFailedException">The part's plan could not be read.</exception>
    public static async Task<SweepTally> RunPartAsync(ISweepContext context, SweepPart part, RetryRule retry)
    {
        // It waits for the event from here on, so that none is missed while the plan is read.
        var halting = new Halting(context, part.SweepId, retry);
        var trials = await context.CallActivityAsync<PlannedPart>(ActivityNames.PlanPart, part.Range, retry);
        halting.Begin(new SweepCommands(trials.Halt, trials.Yields));
        var tally = await new SearchPool(context, part, trials, retry, halting).RunAsync();
        return tally with { Halt = halting.Kind };
    }

    /// <summary>Name of the child that runs a part, as <see cref="ISweepContext.CallSubOrchestrationAsync"/> is given it.</summary>
    public static string ChildOf(int part) => $"part-{part}";

    /// <summary>From plan to end; <see cref="SweepState.Waiting"/> where the sweep was resumed or extended meanwhile.</summary>
    private static async Task<SweepState> RunOnceAsync(
        ISweepContext context, string sweepId, RetryRule retry, Halting halting)
    {
        var startedAt = context.Now;
        var device = await context.CallActivityAsync<DeviceCapacity>(ActivityNames.DescribeDevice, sweepId, retry);
        var plan = await context.CallActivityAsync<PlannedSweep>(ActivityNames.Plan, new SweepStart(sweepId, device), retry);
        halting.Begin(new SweepCommands(plan.Halt, plan.Yields));
        var tally = SweepTally.Of(plan, startedAt);
        var baselines = new BaselineRuns(context, sweepId, plan, retry, halting);
        var trials = plan.Whole is { } whole
            ? new SearchPool(context, new SweepPart(sweepId, 0, plan, tally), whole, retry, halting).RunAsync()
            : RunPartsAsync(context, sweepId, plan, tally, retry, halting);
        // After the first trials, which are what people wait for.
        baselines.Start();
        tally = await trials;

        var rest = new SweepProgress(tally, PlannedPart.None);
        if (plan.Baselines > 0) context.SetStatus(rest.At(context.Now));
        var faults = await baselines.EndAsync();
        // Of a pause the sweep goes on with the points that are still to be chosen.
        if (plan.Search?.Learning is { } learning && halting.Kind != HaltKind.Pause)
            rest.Trim(tally.Search?.Learning?.Planned ?? learning.Planned);
        if (halting.Kind is HaltKind.Stop or HaltKind.Cancel) rest.CancelWaiting();
        context.SetStatus(rest.At(context.Now) with { IsEnding = true });
        var ending = new SweepEnding(sweepId, halting.Kind, rest.ToTally(), plan.Run)
        {
            StopCause = tally.Search?.Cause,
            BaselineFaults = faults,
            Since = plan.Search?.Learning?.Since,
        };
        return await context.CallActivityAsync<SweepState>(ActivityNames.Aggregate, ending, retry);
    }

    // One after the other: the limit then holds over the whole sweep. Trials of a part cost about the same, so that
    // only the last round of each part may leave workers without work.
    private static async Task<SweepTally> RunPartsAsync(
        ISweepContext context, string sweepId, PlannedSweep plan, SweepTally tally, RetryRule retry, Halting halting)
    {
        for (var number = 0; IsLeft(number) && halting.Kind == HaltKind.None; number++)
        {
            context.SetStatus(new SweepProgress(tally, PlannedPart.None).At(context.Now, runningPart: number));
            var child = context.CallSubOrchestrationAsync<SweepTally>(
                OrchestrationNames.Part, ChildOf(number), new SweepPart(sweepId, number, plan, tally));
            while (await Task.WhenAny(child, halting.Control) != child)
            {
                context.SendEvent(ChildOf(number), ControlEvent);
                await halting.LookAsync();
            }

            tally = await child;
            halting.Learn(tally.Halt);
        }

        return tally;

        bool IsLeft(int number) => plan.Search is null
            ? (long)number * plan.PartSize < plan.Trials
            : tally.Search is not { HasEnded: true };
    }
}
