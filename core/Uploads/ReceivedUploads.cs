using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>Takes uploads in over HTTP, and says what has become of them however they came.</summary>
public sealed class ReceivedUploads(
    IArtifactStore store, Rejections rejections, AudioConversion audio, DatasetStore datasets, UploadLimit limit)
{
    private const int CopyBuffer = 1 << 17;

    /// <summary>The containers that uploads go to.</summary>
    public static IReadOnlyList<string> Containers { get; } =
        [Storage.Containers.AudioUploads, Storage.Containers.DatasetUploads, Storage.Containers.Recordings];

    /// <summary>
    /// Writes an upload, in place of one of the same name. It appears when all of it is there; where the body breaks off, or is too long,
    /// nothing is written, and sending it again is all there is to do.
    /// </summary>
    /// <param name="container">One of <see cref="Containers"/>.</param>
    /// <param name="name">Its name, which may hold slashes.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="length">Their number where the request tells it.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    /// <exception cref="InputException">There is no such container, the name cannot be, or the body is empty or too long.</exception>
    public async Task<UploadStatus> ReceiveAsync(
        string container, string name, Stream body, long? length, CancellationToken cancellationToken = default)
    {
        var upload = PathOf(container, name);
        if (length > limit.Bytes) throw limit.Exceeded(upload);
        var written = 0L;
        await store.WriteAsync(upload, CopyAsync, cancellationToken);
        return new UploadStatus(upload.ToString(), written, UploadState.Waiting, $"{name} is uploaded.");

        async Task CopyAsync(Stream blob, CancellationToken token)
        {
            var buffer = new byte[CopyBuffer];
            for (int read; (read = await body.ReadAsync(buffer, token)) > 0; await blob.WriteAsync(buffer.AsMemory(0, read), token))
            {
                written += read;
                if (written > limit.Bytes) throw limit.Exceeded(upload);
            }

            if (written == 0) throw new InputException("the file is empty", "send its bytes as the body", name);
        }
    }

    /// <summary>What has become of an upload.</summary>
    /// <exception cref="InputException">There is no such upload or container, or the name cannot be.</exception>
    public async Task<UploadStatus> GetAsync(string container, string name, CancellationToken cancellationToken = default)
    {
        var upload = PathOf(container, name);
        if (await store.FindAsync(upload, cancellationToken) is not { } entry)
        {
            throw new InputException(
                $"there is no upload '{name}' in {container}", "send it with PUT to this address", kind: InputErrorKind.NotFound);
        }

        // What was said of an earlier version tells nothing of this one.
        var rejected = await rejections.FindAsync(upload, cancellationToken);
        var (state, message) = rejected?.ETag == entry.ETag ? (UploadState.Rejected, rejected.Message)
            : container == Storage.Containers.Recordings
                ? (UploadState.Processed, $"{name} is in its collection, and is read when the collection is made a data set of.")
            : container == Storage.Containers.AudioUploads ? await RecordingAsync(entry, cancellationToken)
            : await ArrayAsync(entry, cancellationToken);
        return new UploadStatus(upload.ToString(), entry.Length, state, message);
    }

    private static BlobPath PathOf(string container, string name)
    {
        if (!Containers.Contains(container, StringComparer.Ordinal))
        {
            throw new InputException(
                $"there is no container '{container}' for uploads",
                $"name one of {string.Join(", ", Containers)}",
                kind: InputErrorKind.NotFound);
        }

        if (container == Storage.Containers.AudioUploads) return BlobPaths.AudioUpload(name);
        if (container == Storage.Containers.Recordings)
        {
            return name.Split('/', 2) is [var collection, var file] && file.Contains('/', StringComparison.Ordinal)
                && DatasetFileName.Fault(collection) is null
                ? BlobPaths.Recording(collection, file)
                : throw new InputException(
                    $"'{name}' is no recording of a collection", "name it <collection>/<label>/<file>, such as strings/violin/scale.aiff");
        }

        DatasetFileName.Parse(name);
        return BlobPaths.DatasetUpload(name);
    }

    private async Task<(UploadState State, string Message)> RecordingAsync(BlobEntry entry, CancellationToken cancellationToken)
    {
        var name = entry.Path.Name;
        return await audio.FindAsync(name, cancellationToken) is { } document && document.ETag == entry.ETag
            ? (UploadState.Processed, $"{name} is converted: {document.Recording.Seconds:0.##} s of sound.")
            : (UploadState.Waiting, $"{name} is being converted.");
    }

    private async Task<(UploadState State, string Message)> ArrayAsync(BlobEntry entry, CancellationToken cancellationToken)
    {
        var (file, dataset) = (entry.Path.Name, DatasetFileName.Parse(entry.Path.Name).Dataset);
        if (await datasets.FindCurrentAsync(dataset, cancellationToken) is { } current
            && current.Uploads.TryGetValue(file, out var etag) && etag == entry.ETag
            && await datasets.FindInfoAsync(dataset, current.Version, cancellationToken) is { } info)
        {
            return (UploadState.Processed, DatasetSentence.Of(info));
        }

        var awaited = new List<string>();
        foreach (var other in DatasetFileName.Expected(dataset))
        {
            var path = BlobPaths.DatasetUpload(other);
            if (await store.FindAsync(path, cancellationToken) is not { } there) awaited.Add(other);
            else if ((await rejections.FindAsync(path, cancellationToken))?.ETag == there.ETag) awaited.Add(other + " (rejected)");
        }

        return awaited.Count > 0
            ? (UploadState.WaitingForOthers, $"{dataset} waits for {string.Join(", ", awaited)}.")
            : (UploadState.Waiting, $"{dataset} is being made.");
    }
}
