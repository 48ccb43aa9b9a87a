using NVorbis;

namespace MusicPipeline.Audio.Ogg;

/// <summary>One of the streams of Vorbis that an Ogg file has one behind the other, often the only one.</summary>
/// <param name="Part">Its bytes.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Rate">Frames per second, in Hz.</param>
/// <param name="Frames">Samples per channel, as its last page says.</param>
/// <param name="Text">What it says about itself.</param>
internal sealed record OggLink(StreamPart Part, int Channels, int Rate, long Frames, AudioText Text)
{
    /// <summary>Opens a decoder behind the headers; one at a time, as they share the file.</summary>
    public static VorbisReader Open(StreamPart part)
    {
        part.Position = 0;
        return new VorbisReader(part, closeOnDispose: false) { ClipSamples = false };
    }
}

/// <summary>A part of a seekable stream, which is left open.</summary>
/// <param name="whole">The stream.</param>
/// <param name="start">Where the part begins, in bytes.</param>
/// <param name="length">Its length, in bytes.</param>
internal sealed class StreamPart(Stream whole, long start, long length) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Max(0, Math.Min(buffer.Length, length - Position));
        if (count == 0) return 0;
        if (whole.Position != start + Position) whole.Position = start + Position;
        var read = whole.Read(buffer[..count]);
        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => length,
    };

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
