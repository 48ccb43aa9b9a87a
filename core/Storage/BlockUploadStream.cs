using System.Buffers;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace MusicPipeline.Storage;

/// <summary>
/// A forward-only stream into a block blob. Blocks go up while the next one fills; the blob appears at
/// <see cref="CommitAsync"/> and not before, so an abandoned stream leaves nothing to see. (The client library's own
/// write stream first creates an empty blob and commits on dispose, also after an exception.)
/// </summary>
internal sealed class BlockUploadStream(BlockBlobClient blob, BlobHttpHeaders headers) : Stream
{
    private const int BlockSize = 8 << 20;

    private readonly byte[] _stream = Guid.NewGuid().ToByteArray();
    private readonly List<string> _blockIds = [];
    private byte[] _filling = ArrayPool<byte>.Shared.Rent(BlockSize);
    private byte[] _sending = [];
    private int _filled;
    private long _written;
    private Task _upload = Task.CompletedTask;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _written;

    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_blockIds.Count == 0)
        {
            using var whole = new MemoryStream(_filling, 0, _filled, writable: false);
            await blob.UploadAsync(whole, new BlobUploadOptions { HttpHeaders = headers }, cancellationToken);
            return;
        }

        await SendAsync(cancellationToken);
        await _upload;
        try
        {
            await blob.CommitBlockListAsync(
                _blockIds, new CommitBlockListOptions { HttpHeaders = headers }, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.InvalidBlockList)
        {
            // Another writer committed the same blob in between, which drops blocks that were not committed yet.
            throw new BlobChangedException(new BlobPath(blob.BlobContainerName, blob.Name), exception);
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            // A writer that computes what it writes has a thread of its own to wait with.
            if (_filled == BlockSize) SendAsync(CancellationToken.None).GetAwaiter().GetResult();
            buffer = buffer[Take(buffer)..];
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (_filled == BlockSize) await SendAsync(cancellationToken);
            buffer = buffer[Take(buffer.Span)..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // Blocks go up when they are full; there is nothing that a flush could make visible.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        // An abandoned upload may still be reading its buffer.
        await _upload.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Return();
        await base.DisposeAsync();
    }

    private int Take(ReadOnlySpan<byte> buffer)
    {
        var count = Math.Min(BlockSize - _filled, buffer.Length);
        buffer[..count].CopyTo(_filling.AsSpan(_filled));
        _filled += count;
        _written += count;
        return count;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await _upload;
        if (_filled == 0) return;
        (_sending, _filling) = (_filling, _sending.Length > 0 ? _sending : ArrayPool<byte>.Shared.Rent(BlockSize));
        var block = _sending;
        var length = _filled;
        _filled = 0;
        // Ids are this stream's own: two writers of one blob must not mix their blocks.
        var id = Convert.ToBase64String([.. _stream, .. BitConverter.GetBytes(_blockIds.Count)]);
        _blockIds.Add(id);
        _upload = StageAsync(id, block, length, cancellationToken);
    }

    private async Task StageAsync(string id, byte[] block, int length, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(block, 0, length, writable: false);
        await blob.StageBlockAsync(id, content, cancellationToken: cancellationToken);
    }

    private void Return()
    {
        if (_filling.Length > 0) ArrayPool<byte>.Shared.Return(_filling);
        if (_sending.Length > 0) ArrayPool<byte>.Shared.Return(_sending);
        _filling = [];
        _sending = [];
    }
}
