namespace MusicPipeline.Tests.Audio;

/// <summary>Writes ID3v2.4 tags.</summary>
internal static class Id3
{
    /// <summary>A tag of some frames.</summary>
    public static byte[] Tag(byte version, params byte[][] frames)
    {
        byte[] body = [.. frames.SelectMany(frame => frame)];
        return [.. "ID3"u8, version, 0, 0, .. Number(body.Length), .. body];
    }

    /// <summary>A number of four bytes of seven bits each.</summary>
    public static byte[] Number(int number) =>
        [(byte)(number >> 21), (byte)((number >> 14) & 0x7F), (byte)((number >> 7) & 0x7F), (byte)(number & 0x7F)];

    /// <summary>A tag of some bytes of padding, with a header and perhaps a footer of 10 bytes each.</summary>
    public static byte[] Tag(int length, bool footer = false)
    {
        byte[] head = [4, 0, (byte)(footer ? 0x10 : 0), .. Number(length)];
        return [.. "ID3"u8, .. head, .. new byte[length], .. footer ? [.. "3DI"u8, .. head] : Array.Empty<byte>()];
    }
}
