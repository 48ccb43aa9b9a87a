using System.Buffers.Binary;
using MusicPipeline.Audio.Chunks;
using MusicPipeline.Audio.Samples;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Ogg;

/// <summary>Opens Ogg files (RFC 3533) of which the first stream is Vorbis I, alone or with more behind it.</summary>
internal static class OggReader
{
    /// <summary>What errors call the sound of an Ogg file, which has no chunks.</summary>
    public const string Sound = "Ogg";

    private const int PageBytes = 27;
    private const int FlagsOffset = 5;
    private const int SegmentsOffset = 26;
    private const int BeginFlag = 2;

    // From a comment packet's begin to the length of the first text, and from that text's end to the number of comments.
    private const int CommentOffset = 7;

    // A packet of one byte makes half a block, and blocks have at most 8,192 samples.
    private const long MostFramesOfAByte = 4096;

    /// <summary>Whether a file begins as Ogg files do.</summary>
    public static bool Begins(RecordingStart start) => start.Cursor.Peek(4).SequenceEqual("OggS"u8);

    /// <summary>Reads the headers of a recording, and its length from the last page of each of its streams.</summary>
    /// <exception cref="AudioFormatException">It is damaged, or holds something else than Vorbis.</exception>
    public static IPcmSource Read(RecordingStart start)
    {
        var at = start.Cursor.Position;
        Check(start.Cursor);
        var parts = Parts(start, at);
        var first = Link(parts[0]);
        var links = new List<OggLink> { first };
        foreach (var part in parts.Skip(1))
        {
            if (TryLink(part) is { } link && (link.Channels, link.Rate) == (first.Channels, first.Rate)) links.Add(link);
        }

        if (links.Count < parts.Count)
            start.Warnings.Add(
                $"Of the {parts.Count} streams in the Ogg file, one behind the other, {links.Count} could be read: the rest is not " +
                "Vorbis, is damaged, or has other channels or another rate than the first, and was left out.");
        var frames = links.Sum(link => link.Frames);
        return new VorbisSamples(
            links,
            new AudioSummary(
                "Ogg Vorbis", SampleEncoding.Vorbis, first.Channels, first.Rate, 32, frames, (double)frames / first.Rate, first.Text,
                start.Warnings.Items));
    }

    /// <summary>The error of a file that no player plays.</summary>
    public static AudioFormatException Damaged(string problem, Exception? cause = null) =>
        new(Sound, $"the Ogg file is damaged: {problem}", "export or upload the recording again", innerException: cause);

    /// <summary>The streams of a chain (RFC 3533, section 4), one or more: each begins with pages that say so.</summary>
    private static List<StreamPart> Parts(RecordingStart start, long at)
    {
        var (cursor, begins, isBegin) = (start.Cursor, new List<long> { at }, true);
        cursor.Position = at;
        while (cursor.Position < cursor.Length)
        {
            var head = cursor.Peek(PageBytes);
            if (head.Length == PageBytes && head.StartsWith("OggS"u8))
            {
                var wasBegin = isBegin;
                isBegin = (head[FlagsOffset] & BeginFlag) != 0;
                if (isBegin && !wasBegin) begins.Add(cursor.Position);
                ReadPage(cursor);
                continue;
            }

            cursor.Position++;
            cursor.SkipTo((byte)'O');
        }

        return [.. begins.Zip([.. begins.Skip(1), cursor.Length], (from, to) => new StreamPart(start.Stream, from, to - from))];
    }

    private static OggLink? TryLink(StreamPart part)
    {
        try
        {
            return Link(part);
        }
        catch (AudioFormatException)
        {
            return null;
        }
    }

    private static OggLink Link(StreamPart part)
    {
        try
        {
            using var reader = OggLink.Open(part);
            var (channels, rate, frames) = (reader.Channels, reader.SampleRate, reader.TotalSamples);
            if (channels is < 1 or > SampleLayout.MostChannels)
                throw Damaged($"it says {channels} channels, and 1 to {SampleLayout.MostChannels} are read");
            if (rate is < 1 or > (int)SampleLayout.HighestRate)
                throw Damaged($"it says a sample rate of {rate:N0} Hz, and 1 to {SampleLayout.HighestRate:N0} Hz are read");
            if (frames < 0 || frames / MostFramesOfAByte > part.Length)
                throw Damaged($"its last page says {frames:N0} frames, more than its bytes can hold");
            var tags = reader.Tags;
            return new OggLink(part, channels, rate, frames, new AudioText(
                NoneIfEmpty(tags.Title), NoneIfEmpty(tags.Artist), NoneIfEmpty(tags.Copyright), NoneIfEmpty(tags.Description)));
        }
        catch (Exception exception) when (RecordingFaults.Is(exception))
        {
            throw Damaged("its headers cannot be read", exception);
        }
    }

    private static string? NoneIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>Checks the first two pages: what is in the file, and that the texts are no longer than it.</summary>
    private static void Check(ChunkCursor cursor)
    {
        var packet = ReadPage(cursor);
        if (!packet.StartsWith("\u0001vorbis"u8))
        {
            var name = packet.StartsWith("OpusHead"u8) ? "Opus"
                : packet.StartsWith("\u007fFLAC"u8) ? "FLAC"
                : packet.StartsWith("Speex   "u8) ? "Speex"
                : packet.Length > 0 && packet[0] == 0x80 ? "a film"
                : null;
            throw name is null
                ? Damaged("its first page holds no header of Vorbis")
                : new AudioFormatException(
                    Sound, $"this is an Ogg file that holds {name}, and only Vorbis is read", ForeignFormats.Remedy,
                    InputErrorKind.UnsupportedType);
        }

        var comments = ReadPage(cursor);
        if (!comments.StartsWith("\u0003vorbis"u8) || comments.Length < CommentOffset + 4) throw Damaged("it ends behind its first page");
        var vendor = BinaryPrimitives.ReadUInt32LittleEndian(comments[CommentOffset..]);
        var count = CommentOffset + 4L + vendor;
        if (vendor > cursor.Length || (count + 4 <= comments.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(comments[(int)count..]) > cursor.Length / 4))
            throw Damaged("its texts are longer than the file");
    }

    /// <summary>The contents of the page at the cursor, which moves behind it.</summary>
    private static ReadOnlySpan<byte> ReadPage(ChunkCursor cursor)
    {
        var head = cursor.Peek(PageBytes);
        if (head.Length < PageBytes || !head.StartsWith("OggS"u8)) return [];
        int segments = head[SegmentsOffset];
        var body = 0;
        foreach (var segment in cursor.Peek(PageBytes + segments)[PageBytes..]) body += segment;
        cursor.Position += PageBytes + segments;
        var contents = cursor.Peek(Math.Min(body, ushort.MaxValue));
        cursor.Position += body;
        return contents;
    }
}
