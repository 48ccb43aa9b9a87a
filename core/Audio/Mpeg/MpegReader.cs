using MusicPipeline.Audio.Chunks;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Mpeg;

/// <summary>Reads the headers of all frames of an MP3 file, so that its length is known before its sound is decoded.</summary>
internal static class MpegReader
{
    /// <summary>What errors call the sound of an MP3 file, which has no chunks.</summary>
    public const string Sound = "MP3";

    // What stands in front of the first frame: the rest of a frame that a recorder cut, or zeros behind a tag.
    private const int SearchedBytes = 64 * 1024;

    // The decoder's tables of this rate are wrong: what it makes of short blocks is noise.
    private const int UnreadRate = 8000;

    // Samples that a decoder is late by.
    private const int DecoderDelay = 529;

    /// <summary>Whether frames begin near the start of the file.</summary>
    public static bool Begins(RecordingStart start)
    {
        var at = start.Cursor.Position;
        var found = new MpegWalk(start.Cursor).Next(SearchedBytes);
        start.Cursor.Position = at;
        return found is not null;
    }

    /// <summary>Reads a recording that begins as an MP3 file does.</summary>
    /// <exception cref="AudioFormatException">It is of a rate that is not read.</exception>
    public static IPcmSource Read(RecordingStart start)
    {
        var cursor = start.Cursor;
        var walk = new MpegWalk(cursor);
        var first = walk.Next(SearchedBytes)!.Value;
        if (first.SampleRate == UnreadRate)
            throw new AudioFormatException(
                Sound, $"this is an MP3 recording of {UnreadRate:N0} Hz, and only those of higher rates are read", ForeignFormats.Remedy,
                InputErrorKind.UnsupportedType);
        var info = MpegInfo.Read(first, cursor.Peek(first.Length));
        if (info is not null) cursor.Position += first.Length;
        var sound = cursor.Position;
        var count = 0L;
        while (walk.Next() is { } frame)
        {
            cursor.Position += frame.Length;
            count++;
        }

        // An ID3 tag belongs to an MP3 file, unlike to others.
        var warnings = new WarningList();
        var text = Id3Text.Read(cursor, warnings);
        if (walk.Skipped > 0) warnings.Add($"Between the frames {walk.Skipped:N0} bytes are no sound and were left out.");
        if (walk.IsCut) warnings.Add("The file ends inside a frame, which was left out.");
        if (info?.Frames is { } announced && announced != count)
            warnings.Add($"The file announces {announced:N0} frames of MP3 and holds {count:N0}.");
        var decoded = count * first.Samples;
        var before = info?.Delay + DecoderDelay ?? 0;
        // What an encoder put behind the sound is not there in a file that was cut.
        var behind = info?.Frames == count ? Math.Max(0, info.Padding - DecoderDelay) : 0;
        var frames = Math.Max(0, decoded - before - behind);
        var summary = new AudioSummary(
            "MP3", SampleEncoding.MpegLayer3, first.Channels, first.SampleRate, 32, frames, (double)frames / first.SampleRate,
            text, warnings.Items);
        return new MpegSamples(start.Stream, summary, first, sound, before);
    }
}
