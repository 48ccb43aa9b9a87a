using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>Opens uploads, which people may replace or remove at any time.</summary>
public static class UploadReader
{
    // Two passes over a recording of this size are cheaper from memory than from storage.
    private const int MemoryLimit = 32 << 20;

    /// <summary>A seekable stream over the blob itself.</summary>
    /// <exception cref="BlobChangedException">The upload is gone.</exception>
    public static async Task<Stream> OpenAsync(IArtifactStore store, BlobPath upload, CancellationToken cancellationToken)
    {
        try
        {
            return await store.OpenReadAsync(upload, cancellationToken);
        }
        catch (FileNotFoundException exception)
        {
            throw new BlobChangedException(upload, exception);
        }
    }

    /// <summary>
    /// A seekable stream for several passes over the version that an entry names: the upload in memory where it is small, else the blob
    /// itself.
    /// </summary>
    /// <exception cref="BlobChangedException">At once or while reading: the upload is gone, or was replaced.</exception>
    public static async Task<Stream> OpenBufferedAsync(IArtifactStore store, BlobEntry upload, CancellationToken cancellationToken)
    {
        var stream = await store.OpenReadAsync(upload, cancellationToken);
        if (stream.Length > MemoryLimit) return stream;
        await using (stream)
        {
            var memory = new MemoryStream((int)stream.Length);
            await stream.CopyToAsync(memory, cancellationToken);
            memory.Position = 0;
            return memory;
        }
    }
}
