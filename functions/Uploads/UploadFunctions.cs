using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using MusicPipeline.Functions.Hosting;
using MusicPipeline.Uploads;

namespace MusicPipeline.Functions.Uploads;

/// <summary>
/// Processes uploads. A trigger may fire twice, or before the upload is complete: core ignores empty blobs and knows a
/// version that is done by its ETag.
/// </summary>
public sealed class UploadFunctions(
    AudioConversion audio, DatasetIngestion datasets, IngestionTraces traces, ILogger<UploadFunctions> logger)
{
    [Function(nameof(ConvertAudio))]
    public async Task ConvertAudio(
        [BlobTrigger(BlobTriggers.Recordings, Source = BlobTriggers.Source)] BlobClient upload, CancellationToken cancellationToken) =>
        Tell(await audio.RunAsync(upload.Name, cancellationToken));

    [Function(nameof(IngestDataset))]
    public async Task IngestDataset(
        [BlobTrigger(BlobTriggers.Arrays, Source = BlobTriggers.Source)] BlobClient upload, CancellationToken cancellationToken)
    {
        var result = await datasets.RunAsync(upload.Name, cancellationToken);
        if (result.Outcome == UploadOutcome.Processed) await traces.RecordAsync(upload.Name, cancellationToken);
        Tell(result);
    }

    private void Tell(UploadResult result)
    {
        System.Diagnostics.Activity.Current?.SetTag("music.outcome", result.Outcome.ToString());
        // Core has told of a rejection already.
        if (result.Outcome != UploadOutcome.Rejected) Log.UploadHandled(logger, result.Message);
    }
}
