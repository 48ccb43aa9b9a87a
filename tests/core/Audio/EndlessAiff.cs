namespace MusicPipeline.Tests.Audio;

/// <summary>A long 16-bit stereo recording of silence that exists only while it is read.</summary>
internal sealed class EndlessAiff(long bytes) : Stream
{
    private readonly byte[] _head = Head(bytes);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _head.Length + bytes;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Length - Position);
        buffer[..count].Clear();
        if (Position < _head.Length)
            _head.AsSpan((int)Position, (int)Math.Min(count, _head.Length - Position)).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset;

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] Head(long bytes)
    {
        var head = new AiffBuilder().Common(2, bytes / 4, 16, 44100).Chunk("SSND", new byte[8], (uint)(8 + bytes)).Build();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), (uint)(head.Length - 8 + bytes));
        return head;
    }
}
