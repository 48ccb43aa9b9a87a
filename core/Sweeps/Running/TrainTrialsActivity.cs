using Microsoft.Extensions.Logging;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// Trains a pack of trials and writes their results. A result that is on record is used, and a long trial goes on from
/// its checkpoint, so the activity may be repeated at any time: a pack that died half-way is trained for its missing
/// trials alone. Of two workers on one trial the first result on record counts for both; on machines of one kind both
/// compute the same bytes anyway.
/// </summary>
public sealed class TrainTrialsActivity
{
    private const int MaxReasonLength = 300;
    private const int ParallelReads = 16;

    private readonly IArtifactStore _store;
    private readonly PlanCache _plans;
    private readonly TrialData _data;
    private readonly ITrainingDevices _devices;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CheckpointRule _checkpoints;
    private readonly TrialResults _results;
    private readonly PackRun _run;

    /// <summary>Creates the activity of a worker.</summary>
    public TrainTrialsActivity(
        IArtifactStore store,
        PlanCache plans,
        TrialData data,
        FinishedTrials finished,
        ITrainingDevices devices,
        TimeProvider time,
        IEnumerable<ITrialObserver> observers,
        ILogger<TrainTrialsActivity> logger,
        CheckpointRule? checkpointRule = null)
    {
        (_store, _plans, _data, _devices, _time, _logger) = (store, plans, data, devices, time, logger);
        ITrialObserver[] all = [.. observers];
        _checkpoints = checkpointRule ?? CheckpointRule.Default;
        _results = new TrialResults(store, finished, all, logger);
        _run = new PackRun(store, _results, _checkpoints, all, time, logger);
    }

    /// <summary>Trains the pack, as many trials at a time as the device takes.</summary>
    /// <exception cref="InputException">This worker lacks the device that the pack asks for.</exception>
    /// <exception cref="OperationCanceledException">The worker stops; a cancelled sweep is an outcome instead.</exception>
    public async Task<TrialOutcome[]> RunAsync(TrialPack pack, CancellationToken cancellationToken = default)
    {
        var plan = await _plans.GetAsync(pack.Key, pack.Indices.Max() + 1, cancellationToken);
        var device = _devices.Choose(pack.Device);
        var call = new PackCall(plan, pack, device);
        var outcomes = new Dictionary<int, TrialOutcome>(pack.Indices.Count);
        foreach (var indices in call.Goes)
        {
            await foreach (var outcome in RunAsync(call, indices, cancellationToken)) outcomes[outcome.Index] = outcome;
        }

        return [.. pack.Indices.Select(index => outcomes[index].For(pack.Objective))];
    }

    private async IAsyncEnumerable<TrialOutcome> RunAsync(
        PackCall call,
        int[] indices,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (plan, pack) = (call.Plan, call.Pack);
        var known = await FindAsync(plan, indices, cancellationToken);
        var splits = new Dictionary<(TrainingSplit Split, int BatchSize), (Dataset Dataset, List<(int, Trial)> Trials)>();
        for (var position = 0; position < indices.Length; position++)
        {
            var (index, trial) = (indices[position], plan.Trials[indices[position]]);
            if (known[position] is { } record)
            {
                var outcome = _results.Known(index, trial, record);
                yield return pack.StretchOf(index, trial) is { } stretch
                    ? stretch.Ended(outcome, await _results.FindHistoryAsync(trial, cancellationToken), epochs: 0)
                    : outcome;
                continue;
            }

            if (await PausedAsync(pack, index, trial, cancellationToken) is { } paused)
            {
                yield return paused;
                continue;
            }

            if (call.Halted is { } halted)
            {
                yield return new TrialOutcome(index, halted.State, Reason: halted.Reason);
                continue;
            }

            var (rows, failure) = await RowsAsync(index, trial, cancellationToken);
            if (failure is not null)
            {
                yield return failure;
                continue;
            }

            var (dataset, split) = rows;
            var key = (split, trial.Parameters.BatchSize);
            if (!splits.TryGetValue(key, out var group)) splits[key] = group = (dataset, []);
            group.Trials.Add((index, trial));
        }

        foreach (var ((split, _), (dataset, trials)) in splits)
        {
            var outcomes = await TrainAsync(call, trials, dataset, split, cancellationToken);
            call.Note(outcomes);
            foreach (var outcome in outcomes) yield return outcome;
        }
    }

    private async Task<IReadOnlyList<TrialOutcome>> TrainAsync(
        PackCall call,
        List<(int Index, Trial Trial)> trials,
        Dataset dataset,
        TrainingSplit split,
        CancellationToken cancellationToken)
    {
        try
        {
            return await _run.RunAsync(call, trials, dataset, split, cancellationToken);
        }
        catch (InputException exception) when (trials.Count == 1)
        {
            return [Failed(trials[0].Index, trials[0].Trial, exception)];
        }
        catch (InputException)
        {
            // Which of them it was shows when each is alone.
            var outcomes = new List<TrialOutcome>(trials.Count);
            foreach (var (index, _) in trials)
            {
                await foreach (var outcome in RunAsync(call, [index], cancellationToken)) outcomes.Add(outcome);
            }

            return outcomes;
        }
    }

    private async Task<TrialOutcome?> PausedAsync(TrialPack pack, int index, Trial trial, CancellationToken cancellationToken) =>
        pack.StretchOf(index, trial) is { } stretch && await _results.FindPausedAsync(trial, cancellationToken) is { } paused
            ? stretch.Paused(index, paused, reused: true, epochs: 0)
            : null;

    private async Task<TrialRecord?[]> FindAsync(SweepPlan plan, int[] indices, CancellationToken cancellationToken)
    {
        var known = new TrialRecord?[indices.Length];
        await Parallel.ForAsync(
            0,
            indices.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken },
            async (position, token) =>
            {
                var trial = plan.Trials[indices[position]];
                known[position] = await _results.FindAsync(trial, token);
                // A worker that stopped right after the record may have left one.
                if (known[position] is { } record && record.Seconds >= _checkpoints.Period.TotalSeconds)
                    await new TrialCheckpoints(_store, trial, _checkpoints, _time, _logger).RemoveAsync();
            });
        return known;
    }

    private async Task<((Dataset Dataset, TrainingSplit Split) Rows, TrialOutcome? Failure)> RowsAsync(
        int index, Trial trial, CancellationToken cancellationToken)
    {
        try
        {
            return (await _data.GetAsync(trial, cancellationToken), null);
        }
        catch (InputException exception)
        {
            return (default, Failed(index, trial, exception));
        }
    }

    /// <summary>A wrong input stays wrong: it is this trial's result, and no reason to try again.</summary>
    private TrialOutcome Failed(int index, Trial trial, InputException exception)
    {
        Log.TrialFailed(_logger, trial.Id, exception.Message);
        var reason = exception.Message;
        return new TrialOutcome(
            index, TrialState.Failed, Reason: reason.Length > MaxReasonLength ? reason[..MaxReasonLength] + "..." : reason);
    }
}
