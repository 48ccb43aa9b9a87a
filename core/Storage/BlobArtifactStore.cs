using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace MusicPipeline.Storage;

/// <summary>Azure Blob Storage, or Azurite.</summary>
public sealed class BlobArtifactStore(BlobServiceClient service) : IArtifactStore
{
    // Large sequential reads: one request for most files, and few for the rest.
    private const int ReadBuffer = 8 << 20;

    /// <inheritdoc/>
    public async Task EnsureContainersAsync(CancellationToken cancellationToken = default)
    {
        // They are made once, and asked for at every start: by one request where all are there.
        var missing = Containers.All.ToHashSet(StringComparer.Ordinal);
        try
        {
            await foreach (var container in service.GetBlobContainersAsync(cancellationToken: cancellationToken))
                missing.Remove(container.Name);
        }
        catch (RequestFailedException exception) when (exception.Status == 403)
        {
            // Who may not list them may make them all the same.
        }

        await Task.WhenAll(missing.Select(name =>
            service.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string container, string prefix = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var blobs = service.GetBlobContainerClient(container)
            .GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken);
        await foreach (var blob in blobs)
        {
            yield return new BlobEntry(
                new BlobPath(container, blob.Name),
                blob.Properties.ContentLength ?? 0,
                blob.Properties.ETag?.ToString("H") ?? "");
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListFoldersAsync(
        string container, string prefix = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var items = service.GetBlobContainerClient(container).GetBlobsByHierarchyAsync(
            new GetBlobsByHierarchyOptions { Prefix = prefix, Delimiter = "/" }, cancellationToken);
        await foreach (var item in items)
        {
            if (item.IsPrefix) yield return item.Prefix[prefix.Length..].TrimEnd('/');
        }
    }

    /// <inheritdoc/>
    public async Task<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        try
        {
            BlobProperties found = await Blob(path).GetPropertiesAsync(cancellationToken: cancellationToken);
            return new BlobEntry(path, found.ContentLength, found.ETag.ToString("H"));
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<BlobContent?> TryReadAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        try
        {
            BlobDownloadResult read = await Blob(path).DownloadContentAsync(cancellationToken);
            return new BlobContent(read.Content.ToMemory(), read.Details.ETag.ToString("H"));
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        try
        {
            return await OpenReadAsync(path, conditions: null, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            throw new FileNotFoundException($"There is no blob {path}.", path.ToString(), exception);
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(BlobEntry entry, CancellationToken cancellationToken = default)
    {
        var conditions = new BlobRequestConditions { IfMatch = new ETag(entry.ETag) };
        try
        {
            if (entry.Length > ReadBuffer) return await OpenReadAsync(entry.Path, conditions, cancellationToken);
            // Read whole at once: the client library's stream asks for the blob's length first, which the entry tells.
            BlobDownloadResult read = await Blob(entry.Path).DownloadContentAsync(
                new BlobDownloadOptions { Conditions = conditions }, cancellationToken);
            return read.Content.ToStream();
        }
        catch (RequestFailedException exception) when (BlobReadStream.IsChange(exception))
        {
            throw new BlobChangedException(entry.Path, exception);
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryCreateAsync(
        BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        TryUploadAsync(path, content, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryReplaceAsync(
        BlobPath path, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
        TryUploadAsync(path, content, new BlobRequestConditions { IfMatch = new ETag(etag) }, cancellationToken);

    /// <inheritdoc/>
    public Task WriteAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        TryUploadAsync(path, content, conditions: null, cancellationToken);

    /// <inheritdoc/>
    public async Task WriteAsync(
        BlobPath path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        var blob = service.GetBlobContainerClient(path.Container).GetBlockBlobClient(path.Name);
        await using var stream = new BlockUploadStream(blob, Headers(path));
        await write(stream, cancellationToken);
        await stream.CommitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        await Blob(path).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    private async Task<Stream> OpenReadAsync(BlobPath path, BlobRequestConditions? conditions, CancellationToken cancellationToken)
    {
        var options = new BlobOpenReadOptions(allowModifications: false) { BufferSize = ReadBuffer, Conditions = conditions };
        return new BlobReadStream(await Blob(path).OpenReadAsync(options, cancellationToken), path);
    }

    private async Task<bool> TryUploadAsync(
        BlobPath path, ReadOnlyMemory<byte> content, BlobRequestConditions? conditions, CancellationToken cancellationToken)
    {
        try
        {
            await Blob(path).UploadAsync(
                BinaryData.FromBytes(content),
                new BlobUploadOptions { HttpHeaders = Headers(path), Conditions = conditions },
                cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (conditions is not null && IsRefusal(exception))
        {
            return false;
        }
    }

    // By code and not by status: a missing container or a lease is a fault, and never a version that has moved on.
    private static bool IsRefusal(RequestFailedException exception) =>
        exception.ErrorCode == BlobErrorCode.BlobAlreadyExists
        || exception.ErrorCode == BlobErrorCode.ConditionNotMet
        || exception.ErrorCode == BlobErrorCode.BlobNotFound;

    private static BlobHttpHeaders Headers(BlobPath path) => new() { ContentType = ContentTypes.Of(path.Name) };

    private BlobClient Blob(BlobPath path) => service.GetBlobContainerClient(path.Container).GetBlobClient(path.Name);
}
