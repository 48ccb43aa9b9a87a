using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>Writes, where the user looks, what is wrong with an upload; the upload itself stays where it is.</summary>
public sealed class Rejections(IArtifactStore store, TimeProvider time)
{
    /// <summary>Records a rejection.</summary>
    public async Task<UploadResult> WriteAsync(
        BlobPath upload, string etag, InputException exception, CancellationToken cancellationToken = default)
    {
        var about = exception.About(upload.Name);
        var rejected = new RejectedUpload(
            upload.ToString(), etag, about.Problem, about.Remedy, about.Message, time.GetUtcNow());
        await store.WriteJsonAsync(BlobPaths.Rejected(upload), rejected, cancellationToken);
        return new UploadResult(UploadOutcome.Rejected, rejected.Message);
    }

    /// <summary>Removes a rejection that no longer holds.</summary>
    public Task ClearAsync(BlobPath upload, CancellationToken cancellationToken = default) =>
        store.DeleteAsync(BlobPaths.Rejected(upload), cancellationToken);

    /// <summary>The rejection of an upload, or null.</summary>
    public Task<RejectedUpload?> FindAsync(BlobPath upload, CancellationToken cancellationToken = default) =>
        store.TryReadJsonAsync<RejectedUpload>(BlobPaths.Rejected(upload), cancellationToken);
}
