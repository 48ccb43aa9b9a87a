using System.Buffers.Binary;

namespace MusicPipeline.Audio.Chunks;

/// <summary>ID3v2 tags that a tagger made for MP3 puts in front of a recording (ID3 tag version 2.4.0, section 3).</summary>
internal static class Id3Tag
{
    private const int HeaderBytes = 10;
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
    private static long? Length(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderBytes || !header.StartsWith("ID3"u8) || header[3] == 0xFF || header[4] == 0xFF) return null;
        // Four bytes of seven bits each, so that no tag looks like the start of an MPEG frame.
        var size = BinaryPrimitives.ReadUInt32BigEndian(header[6..]);
        if ((size & 0x80808080) != 0) return null;
        var body = (size & 0x7F) | ((size & 0x7F00) >> 1) | ((size & 0x7F0000) >> 2) | ((size & 0x7F000000) >> 3);
        return HeaderBytes + body + ((header[5] & FooterFlag) != 0 ? HeaderBytes : 0);
    }
}
