using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>Writes, where the user looks, what is wrong with an upload; the upload itself stays where it is.</summary>
public sealed class Rejections(IArtifactStore store, TimeProvider time)
{
    /// <summary>
    /// How often an upload that fails for no fault of its own is tried before it is given up; host.json says the same to the blob triggers.
    /// </summary>
    public const int MaxAttempts = 5;

    private const int MaxListed = 200;

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

    /// <summary>Records that an upload could not be processed in <see cref="MaxAttempts"/> tries, and that nobody tries again.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="tried">ETag of the version that was tried, with or without quotes; null where nobody knows.</param>
    /// <param name="cause">What went wrong the last time, where it is known; only its first line is told.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>Null, and nothing is recorded, where the upload is gone or another version is there, which is tried in its turn.</returns>
    public async Task<UploadResult?> GiveUpAsync(
        BlobPath upload, string? tried, string? cause = null, CancellationToken cancellationToken = default)
    {
        if (await store.FindAsync(upload, cancellationToken) is not { } present) return null;
        if (tried is not null && tried.Trim('"') != present.ETag.Trim('"')) return null;
        var reason = cause is null ? "" : $" ({cause.Split('\n', 2)[0].Trim().TrimEnd('.')})";
        var poison = new InputException(
            $"it could not be processed in {MaxAttempts} tries{reason}", "upload it again, or look into the log");
        return await WriteAsync(upload, present.ETag, poison, cancellationToken);
    }

    /// <summary>Removes a rejection that no longer holds.</summary>
    public Task ClearAsync(BlobPath upload, CancellationToken cancellationToken = default) =>
        store.DeleteAsync(BlobPaths.Rejected(upload), cancellationToken);

    /// <summary>Every upload that is rejected at present, the last one first; of very many the first ones by name.</summary>
    public async Task<IReadOnlyList<RejectedUpload>> ListAsync(CancellationToken cancellationToken = default)
    {
        var found = new List<RejectedUpload>();
        await foreach (var entry in store.ListAsync(Containers.Rejected, cancellationToken: cancellationToken))
        {
            if (await store.TryReadJsonAsync<RejectedUpload>(entry.Path, cancellationToken) is { } rejected) found.Add(rejected);
            if (found.Count == MaxListed) break;
        }

        return [.. found.OrderByDescending(rejected => rejected.RejectedAt)];
    }

    /// <summary>The rejection of an upload, or null.</summary>
    public Task<RejectedUpload?> FindAsync(BlobPath upload, CancellationToken cancellationToken = default) =>
        store.TryReadJsonAsync<RejectedUpload>(BlobPaths.Rejected(upload), cancellationToken);
}
