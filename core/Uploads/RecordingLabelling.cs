using Microsoft.Extensions.Logging;
using MusicPipeline.Errors;
using MusicPipeline.Trials;

namespace MusicPipeline.Uploads;

/// <summary>Which model labels new recordings by itself.</summary>
/// <param name="Model">Id of a sweep (its best model) or of a trial; null or empty for none.</param>
public sealed record ClassifierSetting(string? Model);

/// <summary>Labels new recordings, where a model is set for it.</summary>
public sealed class RecordingLabelling(ClassifierSetting setting, StoredModels models, ILogger<RecordingLabelling> logger)
{
    /// <summary>
    /// The labels; or, where a model is set and cannot do it, the reason in a sentence: the recording is converted all the same.
    /// Neither where no model is set.
    /// </summary>
    /// <param name="name">Name of the recording, for the log.</param>
    /// <param name="recording">A seekable stream, read from its start.</param>
    /// <param name="cancellationToken">Stops between two groups of frames.</param>
    public async Task<(RecordingLabels? Labels, string? Reason)> RunAsync(
        string name, Stream recording, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(setting.Model)) return (null, null);
        try
        {
            var scorer = await models.OpenAsync(setting.Model, cancellationToken);
            return (
                await Task.Run(() => RecordingClassifier.Classify(setting.Model, scorer, recording, cancellationToken), cancellationToken),
                null);
        }
        catch (InputException exception)
        {
            Log.NotLabelled(logger, name, setting.Model, exception.Message);
            return (null, $"It has no label by '{setting.Model}': {exception.Message}");
        }
    }
}
