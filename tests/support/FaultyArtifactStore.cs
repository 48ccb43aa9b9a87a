using System.Runtime.CompilerServices;
using MusicPipeline.Storage;

namespace MusicPipeline.TestSupport;

/// <summary>
/// A store whose calls fail when the test says so: before anything was done, or after, with the answer lost. The test
/// may also do something of its own before a call.
/// </summary>
public sealed class FaultyArtifactStore(IArtifactStore inner, Func<StoreCall, Task<StoreFault>> decide) : IArtifactStore
{
    private int _calls;

    public FaultyArtifactStore(IArtifactStore inner, Func<StoreCall, StoreFault> decide)
        : this(inner, call => Task.FromResult(decide(call)))
    {
    }

    public Task EnsureContainersAsync(CancellationToken cancellationToken = default) =>
        inner.EnsureContainersAsync(cancellationToken);

    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string container, string prefix = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await DoAsync("List", new BlobPath(container, prefix), () => Task.FromResult(true));
        await foreach (var entry in inner.ListAsync(container, prefix, cancellationToken)) yield return entry;
    }

    public async IAsyncEnumerable<string> ListFoldersAsync(
        string container, string prefix = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await DoAsync("ListFolders", new BlobPath(container, prefix), () => Task.FromResult(true));
        await foreach (var folder in inner.ListFoldersAsync(container, prefix, cancellationToken)) yield return folder;
    }

    public Task<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        DoAsync("Find", path, () => inner.FindAsync(path, cancellationToken));

    public Task<BlobContent?> TryReadAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        DoAsync("TryRead", path, () => inner.TryReadAsync(path, cancellationToken));

    public Task<Stream> OpenReadAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        DoAsync("OpenRead", path, () => inner.OpenReadAsync(path, cancellationToken));

    public Task<Stream> OpenReadAsync(BlobEntry entry, CancellationToken cancellationToken = default) =>
        DoAsync("OpenRead", entry.Path, () => inner.OpenReadAsync(entry, cancellationToken));

    public Task<bool> TryCreateAsync(
        BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        DoAsync("TryCreate", path, () => inner.TryCreateAsync(path, content, cancellationToken));

    public Task<bool> TryReplaceAsync(
        BlobPath path, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
        DoAsync("TryReplace", path, () => inner.TryReplaceAsync(path, content, etag, cancellationToken));

    public Task WriteAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        DoAsync("Write", path, async () =>
        {
            await inner.WriteAsync(path, content, cancellationToken);
            return true;
        });

    public Task WriteAsync(
        BlobPath path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default) =>
        DoAsync("Write", path, async () =>
        {
            await inner.WriteAsync(path, write, cancellationToken);
            return true;
        });

    public Task<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        DoAsync("Delete", path, () => inner.DeleteAsync(path, cancellationToken));

    private async Task<T> DoAsync<T>(string operation, BlobPath path, Func<Task<T>> call)
    {
        var fault = await decide(new StoreCall(Interlocked.Increment(ref _calls), operation, path));
        if (fault == StoreFault.Before) throw new IOException($"{operation} {path}: storage does not answer.");
        var result = await call();
        return fault == StoreFault.After ? throw new IOException($"{operation} {path}: the answer was lost.") : result;
    }
}
