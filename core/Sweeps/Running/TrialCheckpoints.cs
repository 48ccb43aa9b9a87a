using Microsoft.Extensions.Logging;
using MusicPipeline.Data;
using MusicPipeline.Storage;
using MusicPipeline.Training;
using MusicPipeline.Training.Checkpoints;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// <c>checkpoint.bin</c> of a trial: read when the trial starts, written while it is trained, removed when it has a
/// result. Nothing that goes wrong with it harms the trial.
/// </summary>
internal sealed class TrialCheckpoints(
    IArtifactStore store, Trial trial, CheckpointRule rule, TimeProvider time, ILogger logger)
{
    private readonly BlobPath _path = BlobPaths.Trial(trial.Id, SweepFiles.Checkpoint);
    private readonly CancellationTokenSource _ended = new();
    private Task _write = Task.CompletedTask;
    private long _started = time.GetTimestamp();
    private long _last = time.GetTimestamp();
    private double _secondsBefore;

    /// <summary>Whether one was found or written.</summary>
    public bool MayBeThere { get; private set; }

    /// <summary>Seconds trained so far, also before an interruption.</summary>
    public double Seconds => _secondsBefore + time.GetElapsedTime(_started).TotalSeconds;

    private string Owner => OwnerOf(trial.Id);

    /// <summary>The checkpoint to go on from, or null. One that is damaged or does not fit is passed over.</summary>
    /// <param name="fits">Whether the device can go on from it.</param>
    /// <param name="shorter">Id of a trial whose end is as good where the trial has none of its own; null for none.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<TrainingCheckpoint?> FindAsync(
        Predicate<TrainingCheckpoint> fits, string? shorter, CancellationToken cancellationToken)
    {
        var (found, owner) = (await TryReadAsync(_path, cancellationToken), Owner);
        MayBeThere = found is not null;
        if (found is null && shorter is not null)
            (found, owner) = (await TryReadAsync(BlobPaths.Trial(shorter, SweepFiles.LastCheckpoint), cancellationToken), OwnerOf(shorter));
        _started = _last = time.GetTimestamp();
        if (found is not { } bytes) return null;
        if (CheckpointFile.TryRead(owner, bytes.Span) is not var (seconds, checkpoint) || !fits(checkpoint))
        {
            Log.CheckpointIgnored(logger, trial.Id);
            return null;
        }

        return GoOn(checkpoint, seconds);
    }

    /// <summary>Counts the seconds of a run that starts now from a checkpoint.</summary>
    public TrainingCheckpoint GoOn(TrainingCheckpoint checkpoint, double seconds)
    {
        _started = _last = time.GetTimestamp();
        _secondsBefore = seconds;
        Log.TrialResumed(logger, trial.Id, checkpoint.Epochs.Count, trial.Parameters.Epochs);
        return checkpoint;
    }

    /// <summary>
    /// Copies the run and writes the copy on another thread, if the last copy is old enough and is written by now. So
    /// a slow store holds up no training, and no more than one copy waits for it.
    /// </summary>
    public void Offer(Func<TrainingCheckpoint> copy)
    {
        if (!_write.IsCompleted || time.GetElapsedTime(_last) < rule.Period) return;
        var (checkpoint, seconds) = (copy(), Seconds);
        _last = time.GetTimestamp();
        MayBeThere = true;
        _write = Task.Run(() => WriteAsync(_path, checkpoint, seconds));
    }

    /// <summary>Writes the end of a run that is to go on later.</summary>
    public async Task WriteAsync(TrainingCheckpoint? checkpoint, double seconds)
    {
        await _write;
        if (checkpoint is not null) await WriteAsync(_path, checkpoint, seconds);
    }

    /// <summary>Keeps the end of a completed run, from which more epochs may follow.</summary>
    public Task KeepAsync(TrainingCheckpoint? checkpoint, double seconds) => checkpoint is null
        ? Task.CompletedTask
        : WriteAsync(BlobPaths.Trial(trial.Id, SweepFiles.LastCheckpoint), checkpoint, seconds);

    /// <summary>Waits for a write under way, so that the next worker finds the newest checkpoint.</summary>
    public Task FlushAsync() => _write;

    /// <summary>Breaks off a write under way and removes what is there.</summary>
    public async Task RemoveAsync()
    {
        await _ended.CancelAsync();
        await _write;
        try
        {
            await store.DeleteAsync(_path, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Nobody reads the checkpoint of a trial that has a result.
            Log.CheckpointFailed(logger, trial.Id, exception);
        }
    }

    private static string OwnerOf(string trialId) => $"{trialId} {TrialId.TrainerVersion}";

    private async Task<ReadOnlyMemory<byte>?> TryReadAsync(BlobPath path, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.FindAsync(path, cancellationToken) is not { Length: <= CheckpointFile.MaxLength }) return null;
            return (await store.TryReadAsync(path, cancellationToken))?.Bytes;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.CheckpointFailed(logger, trial.Id, exception);
            return null;
        }
    }

    private async Task WriteAsync(BlobPath path, TrainingCheckpoint checkpoint, double seconds)
    {
        try
        {
            await store.WriteAsync(path, CheckpointFile.Write(Owner, seconds, checkpoint), _ended.Token);
        }
        catch (Exception exception)
        {
            if (!_ended.IsCancellationRequested) Log.CheckpointFailed(logger, trial.Id, exception);
        }
    }
}

/// <summary>Which trials write checkpoints, and how often.</summary>
/// <param name="Period">Least time from one checkpoint to the next.</param>
/// <param name="LeastWork">
/// Training rows x epochs x parameters from which on a trial is worth a checkpoint, and a look whether there is one.
/// </param>
public sealed record CheckpointRule(TimeSpan Period, double LeastWork)
{
    /// <summary>
    /// Every 30 s, for trials that a core trains for a second or more. Smaller ones, of which a sweep may have
    /// thousands, cost storage nothing.
    /// </summary>
    public static CheckpointRule Default { get; } = new(TimeSpan.FromSeconds(30), 3e9);

    /// <summary>Whether a trial has checkpoints.</summary>
    internal bool Covers(Trial trial, TrainingSplit split)
    {
        long units = trial.Parameters.HiddenUnits;
        var parameters = (units * (split.Training.FeatureCount + split.Classes + 1L)) + split.Classes
            + ((trial.Parameters.Layers - 1) * units * (units + 1));
        return (double)parameters * split.Training.Rows * trial.Parameters.Epochs >= LeastWork
            && CheckpointFile.LengthOf(parameters) <= CheckpointFile.MaxLength / 2;
    }
}
