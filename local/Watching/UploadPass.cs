using System.Collections.Concurrent;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Watching;

/// <summary>
/// Looks through the upload containers and processes what is new: the local stand-in for blob triggers. Like them it
/// tries an upload that fails for no fault of its own five times before it gives up and says so in <c>rejected</c>.
/// </summary>
internal sealed class UploadPass(
    IArtifactStore store, AudioConversion audio, DatasetIngestion datasets, Rejections rejections, ILogger<UploadPass> logger)
{
    private const int MaxAttempts = 5;

    private readonly ConcurrentDictionary<BlobPath, string> _handled = new();
    private readonly ConcurrentDictionary<BlobPath, int> _failures = new();

    /// <summary>Processes every upload whose present version was not handled yet; yields results as they come.</summary>
    public async Task RunAsync(Action<BlobPath, UploadResult>? onResult, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            NewUploadsAsync(cancellationToken),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellationToken,
            },
            async (entry, token) =>
            {
                if (await TryProcessAsync(entry, token) is { } result) onResult?.Invoke(entry.Path, result);
            });
    }

    /// <summary>Processes one upload by its container.</summary>
    public Task<UploadResult> ProcessAsync(BlobPath upload, CancellationToken cancellationToken) =>
        upload.Container == Containers.AudioUploads
            ? audio.RunAsync(upload.Name, cancellationToken)
            : datasets.RunAsync(upload.Name, cancellationToken);

    private async IAsyncEnumerable<BlobEntry> NewUploadsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var container in (string[])[Containers.DatasetUploads, Containers.AudioUploads])
        {
            await foreach (var entry in store.ListAsync(container, cancellationToken: cancellationToken))
            {
                if (entry.Length > 0 && (!_handled.TryGetValue(entry.Path, out var etag) || etag != entry.ETag))
                    yield return entry;
            }
        }
    }

    private async Task<UploadResult?> TryProcessAsync(BlobEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            var result = await ProcessAsync(entry.Path, cancellationToken);
            Handled(entry);
            return result;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var failures = _failures.AddOrUpdate(entry.Path, 1, (_, count) => count + 1);
            Log.UploadFailed(logger, entry.Path.ToString(), failures, exception);
            if (failures < MaxAttempts) return null;
            Handled(entry);
            var poison = new InputException(
                $"it could not be processed in {MaxAttempts} tries ({exception.Message})", "upload it again, or look into the log");
            return await rejections.WriteAsync(entry.Path, entry.ETag, poison, cancellationToken);
        }
    }

    private void Handled(BlobEntry entry)
    {
        _handled[entry.Path] = entry.ETag;
        _failures.TryRemove(entry.Path, out _);
    }
}
