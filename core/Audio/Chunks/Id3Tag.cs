using System.Buffers.Binary;

namespace MusicPipeline.Audio.Chunks;

/// <summary>ID3v2 tags that a tagger made for MP3 puts in front of a recording (ID3 tag version 2.4.0, section 3).</summary>
internal static class Id3Tag
{
    /// <summary>Bytes of a tag's header, and of the header of a frame in it.</summary>
    public const int HeaderBytes = 10;

    private const int FooterFlag = 0x10;

    /// <summary>Moves the cursor over all tags at its position.</summary>
    public static void Skip(ChunkCursor cursor, WarningList warnings)
    {
        while (Length(cursor.Peek(HeaderBytes)) is { } length)
        {
            warnings.Add("An ID3 tag stands in front of the recording and was left out.");
            cursor.Position += length;
        }
    }

    /// <summary>Bytes of the tag that begins so, or null where none does.</summary>
    public static long? Length(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderBytes || !header.StartsWith("ID3"u8) || header[3] == 0xFF || header[4] == 0xFF) return null;
        return Number(header[6..]) is { } body ? HeaderBytes + body + ((header[5] & FooterFlag) != 0 ? HeaderBytes : 0) : null;
    }

    /// <summary>
    /// A number of four bytes of seven bits each, so that no tag looks like the start of an MPEG frame; null where the bytes are none.
    /// </summary>
    public static long? Number(ReadOnlySpan<byte> bytes)
    {
        var number = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if ((number & 0x80808080) != 0) return null;
        return (number & 0x7F) | ((number & 0x7F00) >> 1) | ((number & 0x7F0000) >> 2) | ((number & 0x7F000000) >> 3);
    }
}
