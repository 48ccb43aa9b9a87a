using MusicPipeline.Datasets;
using MusicPipeline.Models;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Trials;

/// <summary>Sums up training runs as <see cref="TrialRecord"/>s.</summary>
internal static class TrialRecords
{
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
