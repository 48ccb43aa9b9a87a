using System.Buffers.Binary;

namespace MusicPipeline.Audio.Aiff;

/// <summary>The 80-bit extended floating-point number of the 68881 and SANE, in which AIFF stores the sample rate.</summary>
internal static class ExtendedFloat
{
    /// <summary>Bytes of one number.</summary>
    public const int Bytes = 10;

    /// <summary>Reads a big-endian number: sign and 15-bit exponent, then a 64-bit mantissa with an explicit first bit.</summary>
    public static double Read(ReadOnlySpan<byte> bytes)
    {
        var head = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var mantissa = BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]);
        var exponent = head & 0x7FFF;
        var sign = (head & 0x8000) == 0 ? 1.0 : -1.0;
        if (exponent == 0x7FFF) return (mantissa << 1) == 0 ? sign * double.PositiveInfinity : double.NaN;
        return sign * Math.ScaleB(mantissa, exponent - 16383 - 63);
    }
}
