using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MusicPipeline.Collections;
using MusicPipeline.Local.Storage;
using MusicPipeline.Storage;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Watching;

/// <summary>
/// Looks through the upload containers and processes what is new: the local stand-in for blob triggers. Like them it
/// tries an upload that fails for no fault of its own <see cref="Rejections.MaxAttempts"/> times before it gives up and says
/// so in <c>rejected</c>.
/// </summary>
internal sealed class UploadPass(
    IArtifactStore store,
    AudioConversion audio,
    DatasetIngestion datasets,
    RecordingUploads recordings,
    Rejections rejections,
    ILogger<UploadPass> logger)
{
    private readonly ConcurrentDictionary<BlobPath, string> _handled = new();
    private readonly ConcurrentDictionary<(BlobPath Upload, string Version), int> _failures = new();

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
        upload.Container switch
        {
            Containers.AudioUploads => audio.RunAsync(upload.Name, cancellationToken),
            Containers.Recordings => recordings.CheckAsync(upload.Name, cancellationToken),
            _ => datasets.RunAsync(upload.Name, cancellationToken),
        };

    private async IAsyncEnumerable<BlobEntry> NewUploadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Recordings first: they keep every core busy, while data sets are made one after the other.
        foreach (var container in (string[])[Containers.AudioUploads, Containers.DatasetUploads])
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
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && StorageTrouble.Describe(exception) is null)
        {
            // What is the store's trouble ends the pass, and counts as no try of this upload.
            var failures = _failures.AddOrUpdate((entry.Path, entry.ETag), 1, (_, count) => count + 1);
            Log.UploadFailed(logger, entry.Path.ToString(), failures, exception);
            return failures < Rejections.MaxAttempts ? null : await GiveUpAsync(entry, exception, cancellationToken);
        }
    }

    private async Task<UploadResult?> GiveUpAsync(BlobEntry entry, Exception fault, CancellationToken cancellationToken)
    {
        Handled(entry);
        try
        {
            return await rejections.GiveUpAsync(entry.Path, entry.ETag, fault.Message, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One upload's fault must not end the pass for the others.
            Log.UploadFailed(logger, entry.Path.ToString(), Rejections.MaxAttempts, exception);
            return null;
        }
    }

    private void Handled(BlobEntry entry)
    {
        _handled[entry.Path] = entry.ETag;
        _failures.TryRemove((entry.Path, entry.ETag), out _);
    }
}
