using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;

namespace MusicPipeline.Trials;

/// <summary>Sums up training runs as <see cref="TrialRecord"/>s.</summary>
public static class TrialRecords
{
    /// <summary>The record of a training run.</summary>
    /// <param name="trial">What was trained.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="seconds">Time in training.</param>
    /// <param name="device">Name of the device.</param>
    public static TrialRecord From(Trial trial, TrainingResult result, double seconds, string device)
    {
        var history = result.History;
        var last = history.Epochs - 1;
        var best = -1;
        for (var epoch = 0; epoch < history.Epochs; epoch++)
        {
            if (best < 0 || history.ValidationAccuracy[epoch] > history.ValidationAccuracy[best]) best = epoch;
        }

        return new TrialRecord(
            trial,
            result.Outcome,
            history.Epochs,
            last < 0 ? null : new EpochMetrics(
                history.Loss[last], history.Accuracy[last], history.ValidationLoss[last], history.ValidationAccuracy[last]),
            best + 1,
            best < 0 ? 0 : history.ValidationAccuracy[best],
            result.Weights.ParameterCount,
            Math.Round(seconds, 4),
            device,
            TrialId.TrainerVersion);
    }

    /// <summary>What the model of a trial says of itself.</summary>
    public static ModelMetadata Metadata(TrialRecord record, DatasetInfo dataset) => new(dataset.Classes)
    {
        Dataset = dataset.Name,
        DatasetVersion = dataset.Version,
        Parameters = record.Trial.Parameters,
        Validation = record.Trial.Validation.ToString(),
        Scores = record.Last,
        TrainerVersion = record.TrainerVersion,
        TrialId = record.Trial.Id,
    };
}
