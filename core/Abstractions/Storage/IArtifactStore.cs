namespace MusicPipeline.Storage;

/// <summary>
/// All that the pipeline asks of storage. A write is seen whole or not at all; nothing here is ever half-written.
/// </summary>
public interface IArtifactStore
{
    /// <summary>Creates the containers that are missing.</summary>
    Task EnsureContainersAsync(CancellationToken cancellationToken = default);

    /// <summary>Every blob of a container whose name starts with the prefix, in the order of names.</summary>
    IAsyncEnumerable<BlobEntry> ListAsync(
        string container, string prefix = "", CancellationToken cancellationToken = default);

    /// <summary>The folders right below a prefix, without the prefix and the final slash.</summary>
    IAsyncEnumerable<string> ListFoldersAsync(
        string container, string prefix = "", CancellationToken cancellationToken = default);

    /// <summary>The blob's length and version, or null where it is not there.</summary>
    Task<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default);

    /// <summary>A small blob whole, or null where it is not there.</summary>
    Task<BlobContent?> TryReadAsync(BlobPath path, CancellationToken cancellationToken = default);

    /// <summary>A seekable stream over a blob of any size.</summary>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    /// <exception cref="BlobChangedException">While reading: the blob was replaced.</exception>
    Task<Stream> OpenReadAsync(BlobPath path, CancellationToken cancellationToken = default);

    /// <summary>A seekable stream over the version of a blob that an entry names.</summary>
    /// <exception cref="BlobChangedException">At once or while reading: the blob was replaced or removed.</exception>
    Task<Stream> OpenReadAsync(BlobEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Writes a blob unless it is there already. Of several writers exactly one gets true.</summary>
    Task<bool> TryCreateAsync(
        BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Replaces a blob if it still is at the version given. False where it is not.</summary>
    Task<bool> TryReplaceAsync(
        BlobPath path, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default);

    /// <summary>Writes a blob, replacing what is there.</summary>
    Task WriteAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes a blob of any size through a forward-only stream. It appears when <paramref name="write"/> has
    /// returned; where it throws, nothing is written.
    /// </summary>
    Task WriteAsync(
        BlobPath path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default);

    /// <summary>Removes a blob. False where it was not there.</summary>
    Task<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default);
}
