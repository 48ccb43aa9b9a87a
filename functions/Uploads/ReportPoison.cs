using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using MusicPipeline.Json;
using MusicPipeline.Storage;
using MusicPipeline.Uploads;

namespace MusicPipeline.Functions.Uploads;

/// <summary>Says, where a rejected upload is explained, that an upload was given up.</summary>
public sealed class ReportPoison(Rejections rejections, ILogger<ReportPoison> logger)
{
    /// <summary>Queue that the blob triggers give up to.</summary>
    public const string Queue = "webjobs-blobtrigger-poison";

    [Function(nameof(ReportPoison))]
    public async Task RunAsync([QueueTrigger(Queue)] string message, CancellationToken cancellationToken)
    {
        var poison = Read(message);
        if (poison is null || poison.ContainerName is not (Containers.AudioUploads or Containers.DatasetUploads))
        {
            Log.PoisonUnknown(logger, message);
            return;
        }

        var upload = new BlobPath(poison.ContainerName, poison.BlobName);
        if (await rejections.GiveUpAsync(upload, poison.ETag, cancellationToken: cancellationToken) is { } result)
            Log.UploadRejected(logger, result.Message);
    }

    private static PoisonMessage? Read(string message)
    {
        try
        {
            return JsonSerializer.Deserialize<PoisonMessage>(message, PipelineJson.Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
