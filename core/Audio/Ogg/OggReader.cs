using System.Buffers.Binary;
using MusicPipeline.Audio.Chunks;
using MusicPipeline.Audio.Samples;
using MusicPipeline.Errors;
using NVorbis;

namespace MusicPipeline.Audio.Ogg;

/// <summary>Opens Ogg files (RFC 3533) of which the first stream is Vorbis I.</summary>
internal static class OggReader
{
    /// <summary>What errors call the sound of an Ogg file, which has no chunks.</summary>
    public const string Sound = "Ogg";

    private const int PageBytes = 27;
    private const int SegmentsOffset = 26;

    // From a comment packet's begin to the length of the first text, and from that text's end to the number of comments.
    private const int CommentOffset = 7;

    // A packet of one byte makes half a block, and blocks have at most 8,192 samples.
    private const long MostFramesOfAByte = 4096;

    /// <summary>Whether a file begins as Ogg files do.</summary>
    public static bool Begins(RecordingStart start) => start.Cursor.Peek(4).SequenceEqual("OggS"u8);

    /// <summary>Reads the headers of a recording, and its length from its last page.</summary>
    /// <exception cref="AudioFormatException">It is damaged, or holds something else than Vorbis.</exception>
    public static IPcmSource Read(RecordingStart start)
    {
        var at = start.Cursor.Position;
        Check(start.Cursor);
        start.Stream.Position = at;
        VorbisReader? reader = null;
        try
        {
            reader = new VorbisReader(start.Stream, closeOnDispose: false) { ClipSamples = false };
            var source = new VorbisSamples(reader, Summarize(reader, start));
            reader = null;
            return source;
        }
        catch (Exception exception) when (RecordingFaults.Is(exception))
        {
            throw Damaged("its headers cannot be read", exception);
        }
        finally
        {
            reader?.Dispose();
        }
    }

    /// <summary>The error of a file that no player plays.</summary>
    public static AudioFormatException Damaged(string problem, Exception? cause = null) =>
        new(Sound, $"the Ogg file is damaged: {problem}", "export or upload the recording again", innerException: cause);

    private static AudioSummary Summarize(VorbisReader reader, RecordingStart start)
    {
        var (channels, rate, frames) = (reader.Channels, reader.SampleRate, reader.TotalSamples);
        if (channels is < 1 or > SampleLayout.MostChannels)
            throw Damaged($"it says {channels} channels, and 1 to {SampleLayout.MostChannels} are read");
        if (rate is < 1 or > (int)SampleLayout.HighestRate)
            throw Damaged($"it says a sample rate of {rate:N0} Hz, and 1 to {SampleLayout.HighestRate:N0} Hz are read");
        if (frames < 0 || frames / MostFramesOfAByte > start.Stream.Length)
            throw Damaged($"its last page says {frames:N0} frames, more than its bytes can hold");
        var tags = reader.Tags;
        var text = new AudioText(
            NoneIfEmpty(tags.Title), NoneIfEmpty(tags.Artist), NoneIfEmpty(tags.Copyright), NoneIfEmpty(tags.Description));
        return new AudioSummary(
            "Ogg Vorbis", SampleEncoding.Vorbis, channels, rate, 32, frames, (double)frames / rate, text, start.Warnings.Items);
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
