using System.Text.Json;
using Microsoft.Extensions.Logging;
using MusicPipeline.Data;
using MusicPipeline.Json;
using MusicPipeline.Storage;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Finds and writes the results of trials. Of several writers the first one counts for all.</summary>
internal sealed class TrialResults(
    IArtifactStore store, FinishedTrials finished, IReadOnlyList<ITrialObserver> observers, ILogger logger)
{
    /// <summary>The result of a trial, if there is one.</summary>
    public async Task<TrialRecord?> FindAsync(Trial trial, CancellationToken cancellationToken)
    {
        var path = BlobPaths.Trial(trial.Id, SweepFiles.Trial);
        var record = await store.TryReadJsonAsync<TrialRecord>(path, cancellationToken);
        if (record is not null) finished.Add(record, history: null);
        return record;
    }

    /// <summary>How far a trial without a result got before it was paused or pruned, or null.</summary>
    public Task<PausedTrial?> FindPausedAsync(Trial trial, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<PausedTrial>(PausedPath(trial), cancellationToken);

    /// <summary>Puts on record how far a trial got.</summary>
    public Task PauseAsync(PausedTrial paused, CancellationToken cancellationToken) =>
        store.WriteJsonAsync(PausedPath(paused.Record.Trial), paused, cancellationToken);

    /// <summary>Removes what a trial that has a result by now had before.</summary>
    public Task ForgetPausedAsync(Trial trial) => store.DeleteAsync(PausedPath(trial), CancellationToken.None);

    /// <summary>The curves of a result that is on record.</summary>
    public Task<TrainingHistory?> FindHistoryAsync(Trial trial, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<TrainingHistory>(BlobPaths.Trial(trial.Id, SweepFiles.History), cancellationToken);

    /// <summary>Tells of a result that is on record.</summary>
    public TrialOutcome Known(int index, Trial trial, TrialRecord record)
    {
        Log.TrialReused(logger, trial.Id);
        return Outcome(index, trial, record, reused: true);
    }

    /// <summary>Puts a result on record.</summary>
    public async Task<TrialOutcome> RecordAsync(
        int index,
        Trial trial,
        Dataset dataset,
        TrainingResult result,
        double seconds,
        string device,
        CancellationToken cancellationToken)
    {
        // Another worker may have been faster, on a device that computes other bits; what is on record stays.
        if (await FindAsync(trial, cancellationToken) is { } faster) return Known(index, trial, faster);
        var record = TrialRecord.From(trial, result, seconds, device);
        if (!await TryWriteAsync(dataset, record, result, cancellationToken)
            && await FindAsync(trial, cancellationToken) is { } other)
        {
            return Known(index, trial, other);
        }

        Log.TrialTrained(
            logger, trial.Id, record.Outcome.ToString().ToLowerInvariant(), record.Seconds, record.Last?.ValidationAccuracy ?? 0);
        return Outcome(index, trial, record, reused: false);
    }

    private static BlobPath PausedPath(Trial trial) => BlobPaths.Trial(trial.Id, SweepFiles.Paused);

    private async Task<bool> TryWriteAsync(
        Dataset dataset, TrialRecord record, TrainingResult result, CancellationToken cancellationToken)
    {
        var id = record.Trial.Id;
        using var model = new MemoryStream();
        OnnxWriter.Write(model, result.Weights, dataset.Scaler, record.Metadata(dataset.Info));
        var history = JsonSerializer.SerializeToUtf8Bytes(result.History, PipelineJson.Options);

        // The record goes last: its presence says that the other two are complete.
        await Task.WhenAll(
            store.WriteAsync(BlobPaths.Trial(id, SweepFiles.Model), model.GetBuffer().AsMemory(0, (int)model.Length), cancellationToken),
            store.WriteAsync(BlobPaths.Trial(id, SweepFiles.History), history, cancellationToken));
        if (!await store.TryCreateJsonAsync(BlobPaths.Trial(id, SweepFiles.Trial), record, cancellationToken)) return false;
        finished.Add(record, result.History);
        return true;
    }

    private TrialOutcome Outcome(int index, Trial trial, TrialRecord record, bool reused)
    {
        foreach (var observer in observers) observer.OnFinished(trial, record, reused);
        return new TrialOutcome(index, TrialStates.Of(record.Outcome), reused, record.Last?.ValidationAccuracy)
        {
            ValidationLoss = record.Last?.ValidationLoss,
            Parameters = record.ParameterCount,
            Figures = record.Last,
        };
    }
}
