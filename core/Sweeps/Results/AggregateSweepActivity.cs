using System.Text;
using Microsoft.Extensions.Logging;
using MusicPipeline.Data;
using MusicPipeline.Reports;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>Gathers the trials of a sweep into charts, a report and the best model, and marks the sweep as ended.</summary>
public sealed class AggregateSweepActivity(
    IArtifactStore store,
    PlanCache plans,
    DatasetStore datasets,
    DatasetCache cache,
    FinishedTrials known,
    TimeProvider time,
    ILogger<AggregateSweepActivity> logger)
{
    private const int ParallelReads = 16;

    /// <summary>
    /// Writes the report; writing it again gives the same report. Where the sweep runs anew by now nothing is written: an
    /// activity may be delivered again long after its run has ended.
    /// </summary>
    public async Task<SweepState> RunAsync(SweepEnding ending, CancellationToken cancellationToken = default)
    {
        var document = await store.GetSweepAsync(ending.SweepId, cancellationToken);
        if (document.Run != ending.Run) return document.State;
        var plan = await plans.GetAsync(ending.SweepId, ending.Run, ending.Tally.Trials.Length, ending.Since, cancellationToken);
        if ((ending.Halt != HaltKind.None || ending.StopCause is not null) && ending.Run > 1)
            ending = ending with { Tally = await new TrialsOnRecord(store, known, SweepExtensions.AsPlanned(document, plan).Current.Searches).AddAsync(plan, ending.Tally, cancellationToken) };
        // What was broken off for a pause that was lifted since runs again.
        var goesOn = ending.Halt == HaltKind.None && (plan.Extensions < document.Extensions?.Count || ending.Tally.Preempted().Any());
        if (goesOn || ending.Halt == HaltKind.Pause) return await PauseAsync(plan, ending, cancellationToken);
        TrialOutcome[] failures = [.. ending.Tally.Failures()];
        var trials = await ReadTrialsAsync(plan, ending.Tally, cancellationToken);
        var best = Winner.Of(trials);
        var test = best is null ? null : await WinnerTest.RunAsync(store, cache, plan, best, cancellationToken);
        var results = new SweepResults(
            plan.SweepId,
            plan.Preset,
            await datasets.GetInfoAsync(plan.Dataset, plan.DatasetVersion, cancellationToken),
            plan.Validation,
            plan.Studies,
            trials,
            [.. failures.Select(failure => new FailedTrial(plan.Trials[failure.Index], ReasonOf(failure, ending.Halt)))],
            best?.Trial.Id,
            test?.Score)
        {
            Confusion = test?.Confusion,
            Baselines = await BaselineResults.ReadAsync(store, plan, ending, cancellationToken),
            Note = plan.Note,
            StopCause = ending.StopCause,
            Stop = SweepExtensions.AsPlanned(document, plan).Current.Stop,
        };

        await WriteReportAsync(results, cancellationToken);
        await WriteEndedAsync(plan, ending, results, cancellationToken);
        return await EndAsync(plan, ending, failures, results, best, cancellationToken);
    }

    private static string ReasonOf(TrialOutcome failure, HaltKind halt) => failure.Reason ?? (failure.State, halt) switch
    {
        (TrialState.Preempted, _) => "it was broken off and will run again",
        (TrialState.Cancelled, HaltKind.Stop) => "the sweep was stopped before it ran",
        (TrialState.Cancelled, _) => "the sweep was cancelled before it ran",
        _ => "it failed; the reason is in the worker's log",
    };

    private async Task<IReadOnlyList<FinishedTrial>> ReadTrialsAsync(
        SweepPlan plan, SweepTally tally, CancellationToken cancellationToken)
    {
        var missing = tally.Failures().Select(failure => failure.Index).ToHashSet();
        var reused = tally.Reused().ToHashSet();
        var pruned = tally.Pruned().ToHashSet();
        var finished = new FinishedTrial[plan.Trials.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, plan.Trials.Count).Where(index => !missing.Contains(index)),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                var id = plan.Trials[index].Id;
                // Of another sweep it may have run to its end meanwhile.
                finished[index] = pruned.Contains(index)
                    && await store.TryReadJsonAsync<PausedTrial>(BlobPaths.Trial(id, SweepFiles.Paused), token) is { } paused
                    ? new FinishedTrial(paused.Record, paused.History, reused.Contains(index))
                    : await ReadTrialAsync(id, reused.Contains(index), token);
            });
        return [.. finished.Where(trial => trial is not null)];
    }

    private async Task<FinishedTrial> ReadTrialAsync(string id, bool reused, CancellationToken cancellationToken)
    {
        var record = await ReadRecordAsync(id, cancellationToken);
        var history = known.FindHistory(id)
            ?? await ReadAsync<TrainingHistory>(BlobPaths.Trial(id, SweepFiles.History), cancellationToken);
        known.Add(record, history);
        return new FinishedTrial(record, history, reused);
    }

    private async Task WriteReportAsync(SweepResults results, CancellationToken cancellationToken)
    {
        var id = results.SweepId;
        var charts = SweepCharts.Draw(results);
        await Task.WhenAll(charts.Select(chart =>
            store.WriteAsync(BlobPaths.Sweep(id, $"charts/{chart.FileName}"), chart.Png, cancellationToken)));
        if (results.BestTrialId is { } best) await WinnerModel.WriteAsync(store, results, best, cancellationToken);
        await store.WriteAsync(
            BlobPaths.Sweep(id, SweepFiles.Trials), (stream, token) => SweepTables.WriteTrialsAsync(results, stream, token), cancellationToken);
        await store.WriteAsync(
            BlobPaths.Sweep(id, SweepFiles.Histories), (stream, token) => SweepTables.WriteHistoriesAsync(results, stream, token), cancellationToken);
        var markdown = Encoding.UTF8.GetBytes(SweepReport.Markdown(results, charts));
        var html = Encoding.UTF8.GetBytes(SweepReport.Html(results, charts));
        await store.WriteAsync(BlobPaths.Sweep(id, SweepFiles.ReportMarkdown), markdown, cancellationToken);
        await store.WriteAsync(BlobPaths.Sweep(id, SweepFiles.ReportHtml), html, cancellationToken);
    }

    private Task WriteEndedAsync(SweepPlan plan, SweepEnding ending, SweepResults results, CancellationToken cancellationToken)
    {
        var records = results.Trials.ToDictionary(trial => trial.Record.Trial.Id, trial => trial.Record, StringComparer.Ordinal);
        var failures = ending.Tally.Failures().ToDictionary(failure => plan.Trials[failure.Index].Id, StringComparer.Ordinal);
        var studies = plan.StudiesOfTrials();
        var ended = EndedTrials.Write(ending.Run, [.. plan.Trials.Select(View)]);
        return store.WriteAsync(BlobPaths.Sweep(plan.SweepId, SweepFiles.Ended), ended, cancellationToken);

        TrialView View(Trial trial)
        {
            string[] names = [.. studies[trial.Id]];
            var view = records.TryGetValue(trial.Id, out var record)
                ? new TrialView(trial.Id, names, trial.Parameters, TrialStates.Of(record.Outcome), record.Epochs, record.Last)
                : new TrialView(
                    trial.Id, names, trial.Parameters, failures[trial.Id].State, 0, null, ReasonOf(failures[trial.Id], ending.Halt));
            return view with { Fold = trial.Validation.Fold };
        }
    }

    private async Task<SweepState> EndAsync(
        SweepPlan plan,
        SweepEnding ending,
        TrialOutcome[] failures,
        SweepResults results,
        TrialRecord? best,
        CancellationToken cancellationToken)
    {
        var state = ending.Halt == HaltKind.Cancel ? SweepState.Cancelled
            : ending.Halt == HaltKind.Stop ? SweepState.Stopped
            : results.Trials.Count > 0 ? SweepState.Completed
            : SweepState.Failed;
        TrialState[] states = [.. results.Trials.Select(trial => TrialStates.Of(trial.Record.Outcome)), .. failures.Select(failure => failure.State)];
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
                Best = best is null ? null : BestTrial.Of(best),
                Baselines = BaselineResults.Views(results.Baselines),
                Failures =
                [
                    .. failures.Select(failure => new TrialFailure(
                        plan.Trials[failure.Index].Id, failure.State, ReasonOf(failure, ending.Halt))),
                ],
            },
            cancellationToken);
        Log.SweepEnded(logger, plan.SweepId, state.ToString().ToLowerInvariant());
        if (state == SweepState.Completed && plan.Extensions < ended?.Extensions?.Count) return await PauseAsync(plan, ending, cancellationToken);
        await store.CloseAsync(ended, cancellationToken);
        return state;
    }

    /// <summary>Puts a pause on record, or another start where the pause was lifted or the sweep extended meanwhile.</summary>
    private async Task<SweepState> PauseAsync(SweepPlan plan, SweepEnding ending, CancellationToken cancellationToken)
    {
        var status = new SweepStatus(TrialStates.Plain(ending.Tally.Trials), ending.Tally.Reused().Count(), -1, 0, ending.Tally.StartedAt, null);
        var preempted = ending.Tally.Preempted().Select(index => new TrialOutcome(index, TrialState.Preempted));
        var best = await BestAsync(plan, ending.Tally, cancellationToken);
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
                    Failures =
                    [
                        .. ending.Tally.Failures().Concat(preempted).Select(failure => new TrialFailure(
                            plan.Trials[failure.Index].Id, failure.State, ReasonOf(failure, ending.Halt))),
                    ],
                },
            cancellationToken);
        await store.CloseAsync(document, cancellationToken);
        if (document?.State == SweepState.Paused) Log.SweepEnded(logger, plan.SweepId, "paused");
        return document?.State ?? SweepState.Cancelled;
    }

    private async Task<BestTrial?> BestAsync(SweepPlan plan, SweepTally tally, CancellationToken cancellationToken)
    {
        if (BestSoFar.ComparesMeans(plan))
            return await BestSoFar.OfAsync(plan, BestSoFar.Counted(tally.Trials), async (id, token) => await ReadRecordAsync(id, token), cancellationToken);
        var best = tally.BestIndex < 0 ? null : plan.Trials[tally.BestIndex];
        return best is null ? null : new BestTrial(best.Id, best.Parameters, tally.BestValidationAccuracy);
    }

    private async Task<TrialRecord> ReadRecordAsync(string id, CancellationToken cancellationToken) =>
        known.FindRecord(id) ?? await ReadAsync<TrialRecord>(BlobPaths.Trial(id, SweepFiles.Trial), cancellationToken);

    private async Task<T> ReadAsync<T>(BlobPath path, CancellationToken cancellationToken)
        where T : class =>
        await store.TryReadJsonAsync<T>(path, cancellationToken)
        ?? throw new FileNotFoundException($"{path} is not there.", path.ToString());
}
