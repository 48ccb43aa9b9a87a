using System.Buffers.Binary;

namespace MusicPipeline.Audio.Mpeg;

/// <summary>
/// What encoders write into a first frame that holds no sound: the frames that follow, and how many samples before and behind the sound
/// are the encoder's own (the tags Xing and Info with LAME's extension; VBRI).
/// </summary>
/// <param name="Frames">Frames that follow; null where it is not said.</param>
/// <param name="Delay">Samples that the encoder put in front; null where it is not said.</param>
/// <param name="Padding">Samples that it put behind.</param>
internal sealed record MpegInfo(long? Frames, int? Delay, int Padding)
{
    private const int VbriOffset = 36;
    private const int TableOfContents = 100;

    // From the encoder's name to the two numbers of 12 bits.
    private const int DelayOffset = 21;

    /// <summary>Reads the first frame; null where it is one of sound.</summary>
    public static MpegInfo? Read(MpegHeader header, ReadOnlySpan<byte> frame)
    {
        if (frame[VbriOffset..].StartsWith("VBRI"u8)) return new MpegInfo(null, null, 0);
        var tag = frame[Math.Min(MpegHeader.Bytes + header.SideBytes, frame.Length)..];
        if (tag.Length < 8 || !(tag.StartsWith("Xing"u8) || tag.StartsWith("Info"u8))) return null;
        var flags = BinaryPrimitives.ReadUInt32BigEndian(tag[4..]);
        var rest = tag[8..];
        long? frames = null;
        if ((flags & 1) != 0 && rest.Length >= 4)
        {
            frames = BinaryPrimitives.ReadUInt32BigEndian(rest);
            rest = rest[4..];
        }

        var skipped = ((flags & 2) != 0 ? 4 : 0) + ((flags & 4) != 0 ? TableOfContents : 0) + ((flags & 8) != 0 ? 4 : 0);
        rest = rest[Math.Min(skipped, rest.Length)..];
        if (rest.Length < DelayOffset + 3 || !(rest.StartsWith("LAME"u8) || rest.StartsWith("Lavf"u8) || rest.StartsWith("Lavc"u8)))
            return new MpegInfo(frames, null, 0);
        var numbers = (rest[DelayOffset] << 16) | (rest[DelayOffset + 1] << 8) | rest[DelayOffset + 2];
        return new MpegInfo(frames, numbers >> 12, numbers & 0xFFF);
    }
}
