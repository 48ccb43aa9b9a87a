using System.Globalization;
using System.Runtime.CompilerServices;
using MusicPipeline.Storage;

namespace MusicPipeline.TestSupport;

/// <summary>
/// An artifact store in memory that keeps the promises of <see cref="IArtifactStore"/>: conditional writes, a new ETag
/// with every write, blobs that appear whole, and readers that notice a change. <see cref="ArtifactStoreContract"/>
/// holds it and the real one to the same tests.
/// </summary>
public sealed class InMemoryArtifactStore : IArtifactStore
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _containers = [];
    private readonly SortedDictionary<string, Blob> _blobs = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>A store with all containers of the pipeline.</summary>
    public static InMemoryArtifactStore WithContainers()
    {
        var store = new InMemoryArtifactStore();
        store._containers.UnionWith(Containers.All);
        return store;
    }

    /// <summary>Every blob by its path, to compare two stores.</summary>
    public IReadOnlyDictionary<string, byte[]> Snapshot()
    {
        lock (_gate) return _blobs.Values.ToDictionary(blob => blob.Path.ToString(), blob => blob.Content);
    }

    public Task EnsureContainersAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) _containers.UnionWith(Containers.All);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string container, string prefix = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        foreach (var blob in Under(container, prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return blob.Entry;
        }
    }

    public async IAsyncEnumerable<string> ListFoldersAsync(
        string container, string prefix = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var rests = Under(container, prefix).Select(blob => blob.Path.Name[prefix.Length..]);
        foreach (var folder in rests.Where(rest => rest.Contains('/')).Select(rest => rest[..rest.IndexOf('/')]).Distinct())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return folder;
        }
    }

    public async Task<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        (await GetAsync(path, cancellationToken))?.Entry;

    public async Task<BlobContent?> TryReadAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        await GetAsync(path, cancellationToken) is { } blob ? new BlobContent(blob.Content, blob.ETag) : null;

    public async Task<Stream> OpenReadAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        var blob = await GetAsync(path, cancellationToken)
            ?? throw new FileNotFoundException($"There is no blob {path}.", path.ToString());
        return new WatchedStream(this, blob);
    }

    public async Task<Stream> OpenReadAsync(BlobEntry entry, CancellationToken cancellationToken = default) =>
        await GetAsync(entry.Path, cancellationToken) is { } blob && blob.ETag == entry.ETag
            ? new WatchedStream(this, blob)
            : throw new BlobChangedException(entry.Path, new IOException("The blob was replaced or removed."));

    public Task<bool> TryCreateAsync(
        BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        PutAsync(path, content, present => present is null, cancellationToken);

    public Task<bool> TryReplaceAsync(
        BlobPath path, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
        PutAsync(path, content, present => present?.ETag == etag, cancellationToken);

    public Task WriteAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        PutAsync(path, content, _ => true, cancellationToken);

    public async Task WriteAsync(
        BlobPath path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        using var memory = new MemoryStream();
        await using (var stream = new ForwardOnlyStream(memory)) await write(stream, cancellationToken);
        await WriteAsync(path, memory.ToArray(), cancellationToken);
    }

    public async Task<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return _blobs.Remove(path.ToString());
    }

    private bool IsCurrent(Blob blob)
    {
        lock (_gate) return _blobs.GetValueOrDefault(blob.Path.ToString())?.ETag == blob.ETag;
    }

    private List<Blob> Under(string container, string prefix)
    {
        var start = $"{container}/{prefix}";
        lock (_gate) return [.. _blobs.Where(pair => pair.Key.StartsWith(start, StringComparison.Ordinal)).Select(pair => pair.Value)];
    }

    // Storage always answers later, on another thread; so does this store, so that races have a chance.
    private async Task<Blob?> GetAsync(BlobPath path, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return _blobs.GetValueOrDefault(path.ToString());
    }

    private async Task<bool> PutAsync(
        BlobPath path, ReadOnlyMemory<byte> content, Func<Blob?, bool> condition, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_containers.Contains(path.Container)) throw new IOException($"There is no container {path.Container}.");
            var key = path.ToString();
            if (!condition(_blobs.GetValueOrDefault(key))) return false;
            _version++;
            _blobs[key] = new Blob(path, content.ToArray(), $"\"{_version.ToString("x", CultureInfo.InvariantCulture)}\"");
            return true;
        }
    }

    private sealed record Blob(BlobPath Path, byte[] Content, string ETag)
    {
        public BlobEntry Entry => new(Path, Content.Length, ETag);
    }

    /// <summary>Reads a version of a blob as long as it is the current one.</summary>
    private sealed class WatchedStream(InMemoryArtifactStore store, Blob blob) : MemoryStream(blob.Content, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => Checked(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer)
        {
            Check();
            var read = Math.Min(buffer.Length, (int)Math.Max(0, Length - Position));
            blob.Content.AsSpan((int)Position, read).CopyTo(buffer);
            Position += read;
            return read;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ValueTask<int>(Read(buffer.Span));
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var buffer = new byte[bufferSize];
            int read;
            while ((read = await ReadAsync(buffer, cancellationToken)) > 0)
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        private int Checked(int read)
        {
            Check();
            return read;
        }

        private void Check()
        {
            if (!store.IsCurrent(blob)) throw new BlobChangedException(blob.Path, new IOException("The blob was replaced."));
        }
    }
}
