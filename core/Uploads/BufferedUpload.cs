using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>Opens an upload for several passes.</summary>
internal static class BufferedUpload
{
    // Two passes over a recording of this size are cheaper from memory than from storage.
    private const int MemoryLimit = 32 << 20;

    /// <summary>A seekable stream: the upload in memory where it is small, else the blob itself.</summary>
    public static async Task<Stream> OpenAsync(
        IArtifactStore store, BlobEntry upload, CancellationToken cancellationToken)
    {
        var stream = await store.OpenReadAsync(upload.Path, cancellationToken);
        if (upload.Length > MemoryLimit) return stream;
        await using (stream)
        {
            var memory = new MemoryStream((int)upload.Length);
            await stream.CopyToAsync(memory, cancellationToken);
            memory.Position = 0;
            return memory;
        }
    }
}
