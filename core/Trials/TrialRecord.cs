using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;

namespace MusicPipeline.Trials;

/// <summary>
/// <c>trial.json</c>: a finished trial in numbers. It is written last, so its presence says that the trial's
/// history and model are complete.
/// </summary>
/// <param name="Trial">What was trained.</param>
/// <param name="Outcome">Completed or diverged.</param>
/// <param name="Epochs">Epochs on record; fewer than asked for where the trial diverged.</param>
/// <param name="Last">
/// Figures of the epoch whose weights are the result: the last one, or <paramref name="BestEpoch"/> where the best was to be restored;
/// null where none was completed.
/// </param>
/// <param name="BestEpoch">
/// Epoch (1-based) with the highest validation accuracy, or with the best figure that was to be restored, the earliest of equals; 0 for
/// none.
/// </param>
/// <param name="BestValidationAccuracy">Validation accuracy of that epoch.</param>
/// <param name="ParameterCount">Trained parameters of the network.</param>
/// <param name="Seconds">Wall time of training, in seconds.</param>
/// <param name="Device">Device that trained it.</param>
/// <param name="TrainerVersion">See <see cref="TrialId.TrainerVersion"/>.</param>
public sealed record TrialRecord(
    Trial Trial,
    TrainingOutcome Outcome,
    int Epochs,
    EpochMetrics? Last,
    int BestEpoch,
    double BestValidationAccuracy,
    long ParameterCount,
    double Seconds,
    string Device,
    string TrainerVersion)
{
    /// <summary>The record of a training run.</summary>
    /// <param name="trial">What was trained.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="seconds">Time in training.</param>
    /// <param name="device">Name of the device.</param>
    public static TrialRecord From(Trial trial, TrainingResult result, double seconds, string device)
    {
        var history = result.History;
        var restored = trial.Parameters.RestoreBest;
        var best = restored is not null && result.BestEpoch is { } kept ? kept - 1 : (restored ?? Objective.Accuracy).BestOf(history);
        var last = restored is not null && best >= 0 ? best : history.Epochs - 1;
        return new TrialRecord(
            trial,
            result.Outcome,
            history.Epochs,
            last < 0 ? null : new EpochMetrics(
                history.Loss[last], history.Accuracy[last], history.ValidationLoss[last], history.ValidationAccuracy[last])
            {
                ValidationBalancedAccuracy = history.ValidationBalancedAccuracy?[last],
                ValidationMacroF1 = history.ValidationMacroF1?[last],
            },
            best + 1,
            best < 0 ? 0 : history.ValidationAccuracy[best],
            result.Weights.ParameterCount,
            Math.Round(seconds, 4),
            device,
            TrialId.TrainerVersion);
    }

    /// <summary>What the model of a trial says of itself.</summary>
    public ModelMetadata Metadata(DatasetInfo dataset) => new(dataset.Classes)
    {
        ClassNames = dataset.ClassNames is { } names ? [.. names] : null,
        Dataset = dataset.Name,
        DatasetVersion = dataset.Version,
        Recipe = dataset.Recipe,
        WithoutPitch = dataset.WithoutPitch,
        Parameters = Trial.Parameters,
        Validation = Trial.Validation.ToString(),
        Scores = Last,
        TrainerVersion = TrainerVersion,
        TrialId = Trial.Id,
    };
}

/// <summary>
/// <c>paused.json</c>: a trial that was ended early, or waits to be promoted, as far as it got. A later stretch replaces
/// it, and a trial that runs to its end has <c>trial.json</c> in its place.
/// </summary>
/// <param name="Record">The trial in numbers; its outcome is <see cref="TrainingOutcome.Stopped"/>.</param>
/// <param name="History">Its curves.</param>
public sealed record PausedTrial(TrialRecord Record, TrainingHistory History);
