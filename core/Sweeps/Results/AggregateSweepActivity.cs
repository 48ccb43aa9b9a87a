using Microsoft.Extensions.Logging;
using MusicPipeline.Data;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>Ends a run of a sweep: gathers its trials, writes charts, report and best model, and puts its end on record.</summary>
public sealed class AggregateSweepActivity(
    IArtifactStore store,
    PlanCache plans,
    DatasetStore datasets,
    DatasetCache cache,
    FinishedTrials known,
    TimeProvider time,
    ILogger<AggregateSweepActivity> logger)
{
    private readonly SweepGathering _gathering = new(store, datasets, cache, known);

    /// <summary>
    /// Writes the report; writing it again gives the same report. Where the sweep runs anew by now nothing is written: an
    /// activity may be delivered again long after its run has ended.
    /// </summary>
    public async Task<SweepState> RunAsync(SweepEnding ending, CancellationToken cancellationToken = default)
    {
        var document = await store.GetSweepAsync(ending.SweepId, cancellationToken);
        if (document.Run != ending.Run) return document.State;
        var plan = await plans.GetAsync(ending.Key, ending.Tally.Trials.Length, cancellationToken);
        var asPlanned = SweepExtensions.AsPlanned(document, plan);
        ending = await _gathering.CompleteAsync(asPlanned, plan, ending, cancellationToken);
        if (ending.Halt == HaltKind.Pause || GoesOn(document, plan, ending)) return await PauseAsync(plan, ending, cancellationToken);

        var sweep = await _gathering.GatherAsync(asPlanned, plan, ending, cancellationToken);
        await ReportFiles.WriteAsync(store, sweep, cancellationToken);
        return await EndAsync(sweep, cancellationToken);
    }

    // What was broken off for a pause that was lifted since runs again.
    private static bool GoesOn(SweepDocument document, SweepPlan plan, SweepEnding ending) =>
        ending.Halt == HaltKind.None && (plan.Extensions < document.Extensions?.Count || ending.Tally.Preempted().Any());

    private async Task<SweepState> EndAsync(GatheredSweep sweep, CancellationToken cancellationToken)
    {
        var (plan, ending, results, best) = sweep;
        TrialOutcome[] failures = [.. ending.Tally.Failures()];
        var state = ending.Halt == HaltKind.Cancel ? SweepState.Cancelled
            : ending.Halt == HaltKind.Stop ? SweepState.Stopped
            : results.Trials.Count > 0 ? SweepState.Completed
            : SweepState.Failed;
        TrialState[] states =
        [
            .. results.Trials.Select(trial => TrialStates.Of(trial.Record.Outcome)),
            .. failures.Select(failure => failure.State)
        ];
        var ended = await store.UpdateJsonAsync<SweepDocument>(
            SweepDocuments.PathOf(plan.SweepId),
            document => document.Run != ending.Run ? document : document with
            {
                State = state,
                Halt = HaltKind.None,
                FinishedAt = time.GetUtcNow(),
                Error = state == SweepState.Failed ? $"No trial could be trained: {results.Failures[0].Reason}" : null,
                Counts = SweepCounts.Of(states, ending.Tally.Reused().Count()),
                StopCause = ending.StopCause,
                Best = best is null ? null : BestTrial.Of(best, plan.Objective),
                Baselines = BaselineResults.Views(results.Baselines),
                Failures = [.. failures.Select(failure => FailureOf(failure, plan, ending))],
            },
            cancellationToken);
        Log.SweepEnded(logger, plan.SweepId, state.ToString().ToLowerInvariant());
        if (state == SweepState.Completed && plan.Extensions < ended?.Extensions?.Count)
            return await PauseAsync(plan, ending, cancellationToken);
        await store.CloseAsync(ended, cancellationToken);
        return state;
    }

    /// <summary>Puts a pause on record, or another start where the pause was lifted or the sweep extended meanwhile.</summary>
    private async Task<SweepState> PauseAsync(SweepPlan plan, SweepEnding ending, CancellationToken cancellationToken)
    {
        var status = new SweepStatus(
            TrialStates.Plain(ending.Tally.Trials), ending.Tally.Reused().Count(), -1, 0, ending.Tally.StartedAt, null);
        var preempted = ending.Tally.Preempted().Select(index => new TrialOutcome(index, TrialState.Preempted));
        var best = await _gathering.BestAsync(plan, ending.Tally, cancellationToken);
        var document = await store.UpdateJsonAsync<SweepDocument>(
            SweepDocuments.PathOf(plan.SweepId),
            present => present.Run != ending.Run ? present
                : present.Halt != HaltKind.Pause ? SweepControl.Again(present) with { Halt = present.Halt }
                : present with
                {
                    State = SweepState.Paused,
                    Halt = HaltKind.None,
                    Counts = SweepCounts.Of(status),
                    Best = best,
                    Failures = [.. ending.Tally.Failures().Concat(preempted).Select(failure => FailureOf(failure, plan, ending))],
                },
            cancellationToken);
        await store.CloseAsync(document, cancellationToken);
        if (document?.State == SweepState.Paused) Log.SweepEnded(logger, plan.SweepId, "paused");
        return document?.State ?? SweepState.Cancelled;
    }

    private static TrialFailure FailureOf(TrialOutcome failure, SweepPlan plan, SweepEnding ending) =>
        new(plan.Trials[failure.Index].Id, failure.State, ending.ReasonOf(failure));
}
