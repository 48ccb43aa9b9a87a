using System.Buffers.Binary;
using NLayer;

namespace MusicPipeline.Audio.Mpeg;

/// <summary>The four bytes that every frame of MPEG audio layer III begins with (ISO/IEC 11172-3 and 13818-3, and version 2.5).</summary>
/// <param name="bits">The bytes, the first one highest.</param>
internal readonly struct MpegHeader(uint bits)
{
    /// <summary>Bytes of a header.</summary>
    public const int Bytes = 4;

    /// <summary>Bytes of a frame at most.</summary>
    public const int MostBytes = 1441;

    /// <summary>Samples of a channel that a frame decodes to at most.</summary>
    public const int MostSamples = 1152;

    private const uint Sync = 0xFFE00000;

    private static readonly int[] Rates = [44_100, 48_000, 32_000];
    private static readonly int[] BitRates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] BitRates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    /// <summary>The version of the standard, which decides about rates and the length of frames.</summary>
    public MpegVersion Version => Field(19, 2) switch
    {
        0 => MpegVersion.Version25,
        2 => MpegVersion.Version2,
        3 => MpegVersion.Version1,
        _ => MpegVersion.Unknown,
    };

    /// <summary>Whether 16 bits of check sum follow.</summary>
    public bool HasCrc => Field(16, 1) == 0;

    /// <summary>Index of the bit rate.</summary>
    public int BitRateIndex => Field(12, 4);

    /// <summary>Bits a second.</summary>
    public int BitRate => 1000 * (Version == MpegVersion.Version1 ? BitRates1 : BitRates2)[BitRateIndex];

    /// <summary>Index of the sample rate.</summary>
    public int RateIndex => Field(10, 2);

    /// <summary>Frames of sound a second, in Hz.</summary>
    public int SampleRate => Rates[RateIndex] / Version switch { MpegVersion.Version1 => 1, MpegVersion.Version2 => 2, _ => 4 };

    /// <summary>How the channels go together.</summary>
    public MpegChannelMode ChannelMode => (MpegChannelMode)Field(6, 2);

    /// <summary>What joint stereo joins.</summary>
    public int ModeExtension => Field(4, 2);

    /// <summary>Whether somebody holds the copyright.</summary>
    public bool IsCopyrighted => Field(3, 1) == 1;

    /// <summary>1 or 2.</summary>
    public int Channels => ChannelMode == MpegChannelMode.Mono ? 1 : 2;

    /// <summary>Samples of a channel that the frame decodes to.</summary>
    public int Samples => Version == MpegVersion.Version1 ? MostSamples : MostSamples / 2;

    /// <summary>Bytes of the frame, header included.</summary>
    public int Length => (Samples / 8 * BitRate / SampleRate) + Field(9, 1);

    /// <summary>Bytes between the header (or its check sum) and the frame's share of the sound.</summary>
    public int SideBytes => (Version == MpegVersion.Version1, Channels) switch { (true, 2) => 32, (true, _) or (false, 2) => 17, _ => 9 };

    /// <summary>The header that some bytes begin with; null where it is none, of another layer, or without a bit rate.</summary>
    public static MpegHeader? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes) return null;
        var bits = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var header = new MpegHeader(bits);
        return (bits & Sync) == Sync && header.Version != MpegVersion.Unknown && header.Field(17, 2) == 1
            && header.BitRateIndex is not (0 or 15) && header.RateIndex != 3 ? header : null;
    }

    /// <summary>Whether both can be frames of one recording.</summary>
    public bool Fits(MpegHeader other) =>
        (Version, RateIndex, Channels) == (other.Version, other.RateIndex, other.Channels);

    private int Field(int shift, int width) => (int)(bits >> shift) & ((1 << width) - 1);
}
