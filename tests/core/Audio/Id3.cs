namespace MusicPipeline.Tests.Audio;

/// <summary>Writes ID3v2.4 tags.</summary>
internal static class Id3
{
    /// <summary>A tag of some bytes of padding, with a header and perhaps a footer of 10 bytes each.</summary>
    public static byte[] Tag(int length, bool footer = false)
    {
        byte[] head =
        [
            4, 0, (byte)(footer ? 0x10 : 0), (byte)(length >> 21), (byte)((length >> 14) & 0x7F), (byte)((length >> 7) & 0x7F),
            (byte)(length & 0x7F),
        ];
        return [.. "ID3"u8, .. head, .. new byte[length], .. footer ? [.. "3DI"u8, .. head] : Array.Empty<byte>()];
    }
}
