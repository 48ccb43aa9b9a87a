using MusicPipeline.Errors;
using MusicPipeline.Trials;
using MusicPipeline.Uploads;

namespace MusicPipeline.Http;

/// <summary>Classifies rows and recordings by a sweep's best model or a trial's.</summary>
public sealed class PredictionService(StoredModels models)
{
    /// <summary>Classifies rows.</summary>
    /// <param name="model">Id of a sweep (its best model) or of a trial.</param>
    /// <param name="rows">Raw features.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="InputException">There is no such model, or the rows do not fit it.</exception>
    public async Task<PredictionAnswer> PredictAsync(
        string? model, FeatureRows rows, CancellationToken cancellationToken = default)
    {
        var scorer = await models.OpenAsync(model, cancellationToken);
        var prediction = scorer.Score(rows.Features, rows.FeatureCount, cancellationToken);
        return new PredictionAnswer(
            model!,
            prediction.Classes,
            prediction.Labels,
            [.. Enumerable.Range(0, prediction.Rows).Select(row => prediction.Row(row).ToArray())]);
    }

    /// <summary>Says which instrument plays when.</summary>
    /// <param name="model">Id of a sweep (its best model) or of a trial.</param>
    /// <param name="recording">A seekable stream, read from its start.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="InputException">There is no such model, it takes no notes, or the recording cannot be read.</exception>
    public async Task<RecordingLabels> ClassifyAsync(string? model, Stream recording, CancellationToken cancellationToken = default)
    {
        var scorer = await models.OpenAsync(model, cancellationToken);
        return await Task.Run(() => RecordingClassifier.Classify(model!, scorer, recording, cancellationToken), cancellationToken);
    }
}
