using System.Text.Json;
using Microsoft.Extensions.Logging;
using MusicPipeline.Datasets;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Models;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Training;
using MusicPipeline.Training.Checkpoints;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>
/// Trains a pack of trials and writes their results. A result that is on record is used, and a long trial goes on from
/// its checkpoint, so the activity may be repeated at any time. Of two workers on one trial the first result on record counts for both; on machines of one
/// kind both compute the same bytes anyway.
/// </summary>
public sealed class TrainTrialsActivity(
    IArtifactStore store,
    PlanCache plans,
    TrialData data,
    ITrainingDevice device,
    TimeProvider time,
    IEnumerable<ITrialObserver> observers,
    ILogger<TrainTrialsActivity> logger,
    CheckpointRule? checkpointRule = null)
{
    private const int MaxReasonLength = 300;

    private readonly CheckpointRule _checkpoints = checkpointRule ?? CheckpointRule.Default;
    private readonly ITrialObserver[] _observers = [.. observers];

    /// <summary>Trains the pack, one trial after the other.</summary>
    /// <exception cref="OperationCanceledException">The worker stops; a cancelled sweep is an outcome instead.</exception>
    public async Task<TrialOutcome[]> RunAsync(TrialPack pack, CancellationToken cancellationToken = default)
    {
        var plan = await plans.GetAsync(pack.SweepId, cancellationToken);
        var outcomes = new TrialOutcome[pack.Indices.Count];
        for (var position = 0; position < outcomes.Length; position++)
        {
            var index = pack.Indices[position];
            var trial = plan.Trials[index];
            try
            {
                outcomes[position] = await RunAsync(pack.SweepId, index, trial, cancellationToken);
            }
            catch (InputException exception)
            {
                // A wrong input stays wrong: it is this trial's result, and no reason to try again.
                Log.TrialFailed(logger, trial.Id, exception.Message);
                outcomes[position] = new TrialOutcome(index, TrialState.Failed, Reason: Shorten(exception.Message));
            }
        }

        return outcomes;
    }

    private async Task<TrialOutcome> RunAsync(
        string sweepId, int index, Trial trial, CancellationToken cancellationToken)
    {
        if (await FindRecordAsync(trial, cancellationToken) is { } known)
        {
            // A worker that stopped right after the record may have left one.
            if (known.Seconds >= _checkpoints.Period.TotalSeconds) await CheckpointsOf(trial).RemoveAsync();
            return Outcome(index, trial, known, reused: true);
        }

        var (dataset, split) = await data.GetAsync(trial, cancellationToken);
        var checkpoints = CheckpointsOf(trial);
        var resumable = _checkpoints.Covers(trial, split);
        var from = resumable
            ? await checkpoints.FindAsync(found => device.CanResume(found, split, trial.Parameters), cancellationToken)
            : null;
        TrainingResult result;
        await using (var heartbeat = new TrialHeartbeat(store, sweepId, trial, resumable, time, logger, cancellationToken))
        {
            for (var epoch = 0; epoch < from?.Epochs.Count; epoch++) heartbeat.Epoch(epoch + 1, from.Epochs[epoch]);
            var run = new TrainingRun
            {
                From = from,
                OnEpoch = OnEpoch,
                OnCheckpoint = resumable ? checkpoints.Offer : null,
            };
            try
            {
                // A thread of its own: training is minutes of arithmetic, not work for the pool.
                result = await Task.Factory.StartNew(
                    () => device.Train(split, trial.Parameters, run, heartbeat.Token),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                // It stays, so that the trial goes on with the next start.
                await checkpoints.FlushAsync();
                if (!heartbeat.SweepCancelled) throw;
                return new TrialOutcome(index, TrialState.Cancelled, Reason: "the sweep was cancelled");
            }

            void OnEpoch(int epoch, EpochMetrics metrics)
            {
                heartbeat.Epoch(epoch, metrics);
                foreach (var observer in _observers) observer.OnEpoch(trial, epoch, metrics);
            }
        }

        var outcome = await RecordAsync(index, trial, dataset, result, checkpoints.Seconds, cancellationToken);
        if (checkpoints.MayBeThere) await checkpoints.RemoveAsync();
        return outcome;
    }

    private TrialCheckpoints CheckpointsOf(Trial trial) => new(store, trial, _checkpoints, time, logger);

    private async Task<TrialOutcome> RecordAsync(
        int index, Trial trial, Dataset dataset, TrainingResult result, double seconds, CancellationToken cancellationToken)
    {
        // Another worker may have been faster, on a device that computes other bits; what is on record stays.
        if (await FindRecordAsync(trial, cancellationToken) is { } faster) return Outcome(index, trial, faster, reused: true);
        var record = TrialRecords.From(trial, result, seconds, device.Name);
        if (!await TryWriteAsync(dataset, record, result, cancellationToken)
            && await FindRecordAsync(trial, cancellationToken) is { } other)
        {
            return Outcome(index, trial, other, reused: true);
        }

        Log.TrialTrained(
            logger, trial.Id, record.Outcome.ToString().ToLowerInvariant(), record.Seconds, record.Last?.ValidationAccuracy ?? 0);
        return Outcome(index, trial, record, reused: false);
    }

    private static string Shorten(string reason) =>
        reason.Length > MaxReasonLength ? reason[..MaxReasonLength] + "..." : reason;

    private Task<TrialRecord?> FindRecordAsync(Trial trial, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<TrialRecord>(BlobPaths.Trial(trial.Id, SweepFiles.Trial), cancellationToken);

    private async Task<bool> TryWriteAsync(
        Dataset dataset, TrialRecord record, TrainingResult result, CancellationToken cancellationToken)
    {
        var id = record.Trial.Id;
        using var model = new MemoryStream();
        OnnxWriter.Write(model, result.Weights, dataset.Scaler, TrialRecords.Metadata(record, dataset.Info));
        var history = JsonSerializer.SerializeToUtf8Bytes(result.History, PipelineJson.Options);

        // The record goes last: its presence says that the other two are complete.
        await Task.WhenAll(
            store.WriteAsync(BlobPaths.Trial(id, SweepFiles.Model), model.GetBuffer().AsMemory(0, (int)model.Length), cancellationToken),
            store.WriteAsync(BlobPaths.Trial(id, SweepFiles.History), history, cancellationToken));
        return await store.TryCreateJsonAsync(BlobPaths.Trial(id, SweepFiles.Trial), record, cancellationToken);
    }

    private TrialOutcome Outcome(int index, Trial trial, TrialRecord record, bool reused)
    {
        if (reused) Log.TrialReused(logger, trial.Id);
        foreach (var observer in _observers) observer.OnFinished(trial, record, reused);
        var state = record.Outcome == TrainingOutcome.Completed ? TrialState.Completed : TrialState.Diverged;
        return new TrialOutcome(index, state, reused, record.Last?.ValidationAccuracy);
    }
}
