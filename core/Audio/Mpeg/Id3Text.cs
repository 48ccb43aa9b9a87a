using System.Buffers.Binary;
using System.Text;
using MusicPipeline.Audio.Chunks;

namespace MusicPipeline.Audio.Mpeg;

/// <summary>
/// Title, artist, copyright and comments of an MP3 file: of the ID3 tags in front of it, version 2.2 to 2.4, and where these do not say of
/// the tag of version 1 at its end (id3.org).
/// </summary>
internal static class Id3Text
{
    private const int Unsynchronised = 0x80, ExtendedHeader = 0x40;
    private const int LastTagBytes = 128;

    // What frames are called in versions 2.3 and 2.4, and in 2.2.
    private static readonly (string Name, string Short)[] Kept =
        [("TIT2", "TT2"), ("TPE1", "TP1"), ("TCOP", "TCR"), ("COMM", "COM"), ("TXXX", "TXX")];

    /// <summary>Reads the texts; leaves the cursor anywhere.</summary>
    public static AudioText Read(ChunkCursor cursor, WarningList warnings)
    {
        var texts = new ChunkText();
        cursor.Position = 0;
        while (Id3Tag.Length(cursor.Peek(Id3Tag.HeaderBytes)) is { } length)
        {
            var end = cursor.Position + length;
            ReadTag(cursor, Math.Min(end, cursor.Length), texts);
            cursor.Position = end;
        }

        cursor.Position = Math.Max(0, cursor.Length - LastTagBytes);
        ReadLastTag(cursor.Peek(LastTagBytes), texts);
        if (texts.Cut) warnings.Add("The recording's texts are long and were cut.");
        return new AudioText(texts.Get("TIT2"), texts.Get("TPE1"), texts.Get("TCOP"), texts.Get("COMM"));
    }

    private static void ReadTag(ChunkCursor cursor, long end, ChunkText texts)
    {
        var header = cursor.Peek(Id3Tag.HeaderBytes);
        var (version, flags) = (header[3], header[5]);
        if (version is < 2 or > 4) return;
        cursor.Position += Id3Tag.HeaderBytes;
        // Before version 2.4 the tag as a whole is unsynchronised: sizes count what it is when that is undone.
        var bytes = new Id3Bytes(cursor, end, version < 4 && (flags & Unsynchronised) != 0);
        if (version > 2 && (flags & ExtendedHeader) != 0)
        {
            var size = bytes.Take(4);
            if (size.Length < 4) return;
            bytes.Skip(version == 4 ? (Id3Tag.Number(size) ?? 4) - 4 : BinaryPrimitives.ReadUInt32BigEndian(size));
        }

        while (ReadFrame(bytes, version, texts))
        {
            // One after the other.
        }
    }

    private static bool ReadFrame(Id3Bytes bytes, int version, ChunkText texts)
    {
        var (idBytes, headerBytes) = version == 2 ? (3, 6) : (4, Id3Tag.HeaderBytes);
        var header = bytes.Take(headerBytes);
        // Zeros fill a tag up.
        if (header.Length < headerBytes || header[0] == 0) return false;
        long? size = version switch
        {
            2 => (header[3] << 16) | (header[4] << 8) | header[5],
            3 => BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)),
            _ => Id3Tag.Number(header.AsSpan(4)),
        };
        if (size is not { } length) return false;
        var id = Encoding.Latin1.GetString(header.AsSpan(0, idBytes));
        var kept = Array.Find(Kept, frame => (version == 2 ? frame.Short : frame.Name) == id).Name;
        // Compressed, encrypted and grouped frames have more in front of the text; nobody writes texts so.
        var isPlain = version == 2 || (header[9] & (version == 3 ? 0xE0 : 0x4C)) == 0;
        if (kept is null || !isPlain)
        {
            bytes.Skip(length);
            return true;
        }

        var body = bytes.Take((int)Math.Min(length, ChunkText.LongestChunk));
        bytes.Skip(length - body.Length);
        texts.Cut |= length > ChunkText.LongestChunk;
        // In version 2.4 a frame may be unsynchronised by itself, and its length may stand in front of it once more.
        var frame = version == 4 && (header[9] & 0x02) != 0 ? Synchronised(body) : body;
        var isCounted = version == 4 && (header[9] & 0x01) != 0;
        Add(kept, isCounted && frame.Length > 4 ? frame.AsSpan(4) : frame, texts);
        return true;
    }

    // The encoding, of comments a language and what they are about, and the text.
    private static void Add(string id, ReadOnlySpan<byte> frame, ChunkText texts)
    {
        if (frame.Length < 2 || frame[0] > 3) return;
        var encoding = frame[0];
        frame = frame[1..];
        if (id is "COMM" or "TXXX")
        {
            if (id == "COMM") frame = frame[Math.Min(3, frame.Length)..];
            var about = Decode(frame, encoding, out var used);
            frame = frame[used..];
            // What players note for themselves, such as how loud it is, is no comment; what ffmpeg writes of its own making is one.
            var isComment = id == "COMM"
                ? !about.StartsWith("iTun", StringComparison.Ordinal)
                : about.Equals("comment", StringComparison.OrdinalIgnoreCase);
            if (!isComment) return;
            id = "COMM";
        }

        while (frame.Length > 0)
        {
            texts.Add(id, Decode(frame, encoding, out var used));
            frame = frame[used..];
        }
    }

    /// <summary>The text up to a zero character or the end.</summary>
    private static string Decode(ReadOnlySpan<byte> bytes, byte encoding, out int used)
    {
        var width = encoding is 1 or 2 ? 2 : 1;
        var end = 0;
        while (end + width <= bytes.Length && (bytes[end] != 0 || (width == 2 && bytes[end + 1] != 0))) end += width;
        used = Math.Min(bytes.Length, end + width);
        var text = bytes[..Math.Min(end, bytes.Length)];
        return encoding switch
        {
            0 => Encoding.Latin1.GetString(text),
            1 when text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) => Encoding.BigEndianUnicode.GetString(text[2..]),
            1 => Encoding.Unicode.GetString(text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? text[2..] : text),
            2 => Encoding.BigEndianUnicode.GetString(text),
            _ => Encoding.UTF8.GetString(text),
        };
    }

    private static byte[] Synchronised(byte[] bytes) => [.. bytes.Where((each, i) => each != 0 || i == 0 || bytes[i - 1] != 0xFF)];

    private static void ReadLastTag(ReadOnlySpan<byte> tag, ChunkText texts)
    {
        if (tag.Length < LastTagBytes || !tag.StartsWith("TAG"u8)) return;
        AddLast("TIT2", tag[3..33], texts);
        AddLast("TPE1", tag[33..63], texts);
        // In version 1.1 the last two bytes are a zero and the number of the track.
        AddLast("COMM", tag[97..(tag[125] == 0 ? 125 : 127)], texts);
    }

    private static void AddLast(string id, ReadOnlySpan<byte> text, ChunkText texts)
    {
        if (texts.Get(id) is null) texts.Add(id, Decode(text, 0, out _));
    }

    /// <summary>The bytes of a tag, with the zeros left out that were put behind each 0xFF where it is unsynchronised.</summary>
    private sealed class Id3Bytes(ChunkCursor cursor, long end, bool isUnsynchronised)
    {
        private bool _stuffed;

        /// <summary>The next bytes, fewer only at the end.</summary>
        public byte[] Take(int count)
        {
            if (!isUnsynchronised)
            {
                var taken = cursor.Peek((int)Math.Max(0, Math.Min(count, end - cursor.Position))).ToArray();
                cursor.Position += taken.Length;
                return taken;
            }

            var bytes = new List<byte>();
            while (bytes.Count < count && Next() is { } each) bytes.Add(each);
            return [.. bytes];
        }

        /// <summary>Steps over bytes.</summary>
        public void Skip(long count)
        {
            if (!isUnsynchronised) cursor.Position = Math.Min(end, cursor.Position + Math.Max(0, count));
            else while (count-- > 0 && Next() is not null) continue;
        }

        private byte? Next()
        {
            while (cursor.Position < end && cursor.Peek(1) is [var each])
            {
                cursor.Position++;
                var isStuffing = _stuffed && each == 0;
                _stuffed = each == 0xFF;
                if (!isStuffing) return each;
            }

            return null;
        }
    }
}
