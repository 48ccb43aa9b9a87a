using System.Text;

namespace MusicPipeline.Audio.Chunks;

/// <summary>
/// Looks at the heads and small bodies of a chunked file through one buffer, so that a list of many small chunks costs
/// few reads and a large chunk costs one seek.
/// </summary>
internal sealed class ChunkCursor
{
    /// <summary>Bytes of a chunk's id and size.</summary>
    public const int HeadBytes = 8;

    private const int BufferBytes = 64 * 1024;
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private long _bufferStart;
    private int _buffered;

    public ChunkCursor(Stream stream)
    {
        if (!stream.CanSeek) throw new ArgumentException("A recording is read from a seekable stream.", nameof(stream));
        _stream = stream;
        Length = stream.Length;
        if (stream.Position != 0) stream.Position = 0;
    }

    /// <summary>Bytes of the stream.</summary>
    public long Length { get; }

    /// <summary>Where the next look begins; may lie beyond the end.</summary>
    public long Position { get; set; }

    /// <summary>What is in the buffer from the position on.</summary>
    private ReadOnlySpan<byte> Buffered => _buffer.AsSpan((int)(Position - _bufferStart), (int)(_bufferStart + _buffered - Position));

    /// <summary>The bytes at the position, fewer than asked only at the end of the stream; does not move.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        var offset = Position - _bufferStart;
        if (offset < 0 || offset + count > _buffered) offset = Fill(offset);
        return _buffer.AsSpan((int)offset, (int)Math.Min(count, Math.Max(0, _buffered - offset)));
    }

    /// <summary>The head of the chunk at the position, which moves to its body; null where fewer than 8 bytes are left.</summary>
    public Chunk? ReadHead(bool bigEndian)
    {
        var head = Peek(HeadBytes);
        if (head.Length < HeadBytes) return null;
        var size = bigEndian
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head[4..])
            : System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        var id = Encoding.Latin1.GetString(head[..4]);
        Position += HeadBytes;
        return new Chunk(id, size, Position, Length);
    }

    /// <summary>Moves to the next byte that is not zero, or to the end.</summary>
    public void SkipZeros()
    {
        for (var bytes = Peek(1); !bytes.IsEmpty; bytes = Peek(1))
        {
            var zeros = Buffered.IndexOfAnyExcept((byte)0);
            Position += zeros < 0 ? Buffered.Length : zeros;
            if (zeros >= 0) return;
        }
    }

    /// <summary>Moves to the next such byte, at the position or behind it, or to the end.</summary>
    public void SkipTo(byte value)
    {
        for (var bytes = Peek(1); !bytes.IsEmpty; bytes = Peek(1))
        {
            var found = Buffered.IndexOf(value);
            Position += found < 0 ? Buffered.Length : found;
            if (found >= 0) return;
        }
    }

    private long Fill(long offset)
    {
        // What is buffered behind the position stays, so that reading on is sequential.
        var keep = offset >= 0 && offset < _buffered ? _buffered - (int)offset : 0;
        if (keep > 0) _buffer.AsSpan((int)offset, keep).CopyTo(_buffer);
        _bufferStart = Position;
        _buffered = keep;
        if (Position >= Length) return 0;
        if (_stream.Position != Position + keep) _stream.Position = Position + keep;
        _buffered += _stream.ReadAtLeast(_buffer.AsSpan(keep), BufferBytes - keep, throwOnEndOfStream: false);
        return 0;
    }
}
