using Microsoft.Extensions.Logging;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training.MachineLearning;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// Trains a baseline on the rows of a sweep's trials and writes its score. A score on record is used, so that it is
/// trained once for a version of the data and a validation rule, whichever sweeps ask for it.
/// </summary>
public sealed class TrainBaselineActivity(
    IArtifactStore store, PlanCache plans, TrialData data, ILogger<TrainBaselineActivity> logger)
{
    /// <summary>Trains it, unless its score is on record.</summary>
    /// <returns>Whether it was on record before.</returns>
    /// <exception cref="Errors.InputException">There is no such sweep, or its data are gone.</exception>
    /// <exception cref="OperationCanceledException">
    /// The worker stops. ML.NET cannot be interrupted: its thread is left behind, and ends with the process at the latest.
    /// </exception>
    public async Task<bool> RunAsync(BaselineCall call, CancellationToken cancellationToken = default)
    {
        var plan = await plans.GetAsync(new RunKey(call.SweepId, call.Run), trials: 0, cancellationToken);
        var trial = plan.Baselines![call.Index];
        var path = BlobPaths.Baseline(trial.Id, SweepFiles.Baseline);
        if (await store.FindAsync(path, cancellationToken) is not null)
        {
            Log.BaselineReused(logger, trial.Id, trial.Name);
            return true;
        }

        var (_, split) = await data.GetAsync(trial.Dataset, trial.DatasetVersion, trial.Validation, cancellationToken);
        var score = await Task.Factory.StartNew(
            () => Baselines.Train(trial.Name, split, cancellationToken: cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).WaitAsync(cancellationToken);
        var record = BaselineRecord.Of(trial, score, split.Validation.Rows);
        if (!await store.TryCreateJsonAsync(path, record, cancellationToken)) return true;
        Log.BaselineTrained(logger, trial.Id, trial.Name, record.Seconds, record.ValidationAccuracy);
        return false;
    }
}

/// <summary>A baseline that one activity trains.</summary>
/// <param name="SweepId">The sweep whose plan names it.</param>
/// <param name="Index">Its position among the plan's baselines.</param>
/// <param name="Run">Number of the run whose plan it is.</param>
/// <param name="Priority">See <see cref="SweepRequest.Priority"/>.</param>
public sealed record BaselineCall(string SweepId, int Index, int Run, int Priority = 0);
