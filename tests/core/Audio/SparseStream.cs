using System.Buffers.Binary;

namespace MusicPipeline.Tests.Audio;

/// <summary>A long recording of silence that exists only while it is read: some bytes, many zeros, some bytes.</summary>
internal sealed class SparseStream(byte[] head, long zeros, params byte[] tail) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => head.Length + zeros + tail.Length;

    public override long Position { get; set; }

    /// <summary>A sound 16-bit stereo AIFF file.</summary>
    /// <param name="bytes">Bytes of sound.</param>
    public static SparseStream Aiff(long bytes)
    {
        var head = new AiffBuilder().Common(2, bytes / 4, 16, 44100).Chunk("SSND", new byte[8], (uint)(8 + bytes)).Build();
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), (uint)(head.Length - 8 + bytes));
        return new SparseStream(head, bytes);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Clamp(Length - Position, 0, buffer.Length);
        buffer = buffer[..count];
        buffer.Clear();
        Copy(head, at: 0, buffer);
        Copy(tail, at: head.Length + zeros, buffer);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset;

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Copy(byte[] part, long at, Span<byte> buffer)
    {
        var first = Math.Max(at, Position);
        var last = Math.Min(at + part.Length, Position + buffer.Length);
        if (first < last) part.AsSpan((int)(first - at), (int)(last - first)).CopyTo(buffer[(int)(first - Position)..]);
    }
}
