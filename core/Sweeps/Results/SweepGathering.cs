using MusicPipeline.Data;
using MusicPipeline.Reports;
using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>What a sweep came to.</summary>
/// <param name="Plan">Its plan.</param>
/// <param name="Ending">What its orchestration knows.</param>
/// <param name="Results">What is in the report.</param>
/// <param name="Best">The winner; null where no trial completed.</param>
internal sealed record GatheredSweep(SweepPlan Plan, SweepEnding Ending, SweepResults Results, TrialRecord? Best);

/// <summary>Gathers the trials of a sweep from the record, and tests its winner.</summary>
internal sealed class SweepGathering(IArtifactStore store, DatasetStore datasets, DatasetCache cache, FinishedTrials known)
{
    private const int ParallelReads = 16;

    /// <summary>
    /// What the orchestration knows, with the trials on record that the run did not come to where it was halted, or ended by a
    /// stop condition: an earlier run may have finished them.
    /// </summary>
    /// <inheritdoc cref="GatherAsync"/>
    public async Task<SweepEnding> CompleteAsync(
        SweepDocument asPlanned, SweepPlan plan, SweepEnding ending, CancellationToken cancellationToken)
    {
        if (ending.Run == 1 || (ending.Halt == HaltKind.None && ending.StopCause is null)) return ending;
        var onRecord = new TrialsOnRecord(store, known, asPlanned.Current.Searches);
        return ending with { Tally = await onRecord.AddAsync(plan, ending.Tally, cancellationToken) };
    }

    /// <summary>Gathers a sweep.</summary>
    /// <param name="asPlanned">The sweep as its plan knows it.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="ending">What its orchestration knows.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<GatheredSweep> GatherAsync(
        SweepDocument asPlanned, SweepPlan plan, SweepEnding ending, CancellationToken cancellationToken)
    {
        var trials = await ReadTrialsAsync(plan, ending.Tally, cancellationToken);
        var best = Winner.Of(trials, plan.Objective);
        var test = best is null
            ? null
            : await WinnerTest.RunAsync(store, cache, plan, best, trials.Select(trial => trial.Record), cancellationToken);
        var results = new SweepResults(
            plan.SweepId,
            plan.Preset,
            await datasets.GetInfoAsync(plan.Dataset, plan.DatasetVersion, cancellationToken),
            plan.Validation,
            plan.Studies,
            trials,
            [.. ending.Tally.Failures().Select(failure => new FailedTrial(plan.Trials[failure.Index], ending.ReasonOf(failure)))],
            best?.Trial.Id,
            test?.Score)
        {
            Confusion = test?.Confusion,
            Recordings = test?.Recordings,
            Confused = test?.Confused ?? [],
            Baselines = await BaselineResults.ReadAsync(store, plan, ending, cancellationToken),
            Objective = plan.Objective,
            Name = asPlanned.Request.Name,
            Notes = asPlanned.Request.Notes,
            Tags = asPlanned.Request.Tags ?? [],
            Note = plan.Note,
            StopCause = ending.StopCause,
            Stop = asPlanned.Current.Stop,
        };
        return new GatheredSweep(plan, ending, results, best);
    }

    /// <summary>The best of the trials that have ended so far; null where none completed.</summary>
    public async Task<BestTrial?> BestAsync(SweepPlan plan, SweepTally tally, CancellationToken cancellationToken)
    {
        if (BestSoFar.ComparesMeans(plan))
            return await BestSoFar.OfAsync(
                plan, BestSoFar.Counted(tally.Trials), async (id, token) => await ReadRecordAsync(id, token), cancellationToken);
        var best = tally.BestIndex < 0 ? null : plan.Trials[tally.BestIndex];
        return best is null ? null : BestTrial.Of(best, tally.BestValidationAccuracy, plan.Objective, tally.BestScore);
    }

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

    private async Task<TrialRecord> ReadRecordAsync(string id, CancellationToken cancellationToken) =>
        known.FindRecord(id) ?? await ReadAsync<TrialRecord>(BlobPaths.Trial(id, SweepFiles.Trial), cancellationToken);

    private async Task<T> ReadAsync<T>(BlobPath path, CancellationToken cancellationToken)
        where T : class =>
        await store.TryReadJsonAsync<T>(path, cancellationToken)
        ?? throw new FileNotFoundException($"{path} is not there.", path.ToString());
}
