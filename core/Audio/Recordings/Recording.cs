using MusicPipeline.Audio.Aiff;
using MusicPipeline.Audio.Chunks;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Recordings;

/// <summary>Opens recordings of every format that is read, told by their first bytes and not by their names.</summary>
public static class Recording
{
    /// <summary>Whether a file begins like a recording of a kind that is read here, perhaps behind an ID3 tag.</summary>
    /// <param name="recording">A seekable stream, read from its start; stands anywhere after.</param>
    public static bool Recognizes(Stream recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return Find(RecordingFormat.All, new RecordingStart(recording)) is not null;
    }

    /// <summary>Tells what a recording is without reading its samples.</summary>
    /// <param name="recording">A seekable stream, read from its start.</param>
    /// <returns>Format, encoding, channels, rate (Hz), bits, frames, text and warnings.</returns>
    /// <exception cref="AudioFormatException">No recording, or too damaged; names the chunk at fault.</exception>
    public static AudioSummary Inspect(Stream recording)
    {
        using var sound = Open(recording);
        var summary = sound.Summary;
        return summary.Frames > 0
            ? summary
            : summary with { Warnings = [.. summary.Warnings, "The recording holds no sound, so it is not converted."] };
    }

    /// <summary>Reads the header of a recording and finds its samples.</summary>
    /// <param name="recording">A seekable stream, read from its start and left open.</param>
    /// <exception cref="AudioFormatException">No recording, or too damaged; names the chunk at fault.</exception>
    public static IPcmSource Open(Stream recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        var start = new RecordingStart(recording);
        if (Find(RecordingFormat.All, start) is { } format) return format.Read(start);
        if (AiffReader.MayBegin(start)) return AiffReader.Read(start);
        if (ForeignName(start.Cursor.Peek(12)) is { } name)
            throw new AudioFormatException(
                "FORM", $"this is {name} recording, which is not read", "convert it first, such as with 'ffmpeg -i IN OUT.wav'",
                InputErrorKind.UnsupportedType);
        throw new AudioFormatException(
            "FORM",
            "the file has neither the FORM chunk of an AIFF nor the RIFF chunk of a WAV recording",
            $"give an {RecordingFormat.NamesOf(RecordingFormat.All)} recording",
            InputErrorKind.UnsupportedType);
    }

    /// <summary>The same for a recording that is to be converted, which not every format is.</summary>
    internal static IPcmSource OpenToConvert(Stream recording)
    {
        var start = new RecordingStart(recording);
        // The reader of AIFF tells what else it is.
        return Find(RecordingFormat.Converted, start) is { } format ? format.Read(start) : AiffReader.Read(start);
    }

    /// <summary>What else people have recordings in, by the first bytes; null for everything else.</summary>
    private static string? ForeignName(ReadOnlySpan<byte> start) =>
        start.StartsWith("fLaC"u8) ? "a FLAC"
        : start.StartsWith("OggS"u8) ? "an Ogg"
        : start.Length >= 8 && start[4..8].SequenceEqual("ftyp"u8) ? "an MP4"
        // The eleven bits that every frame of MPEG audio begins with.
        : start.Length >= 2 && start[0] == 0xFF && (start[1] & 0xE0) == 0xE0 ? "an MP3"
        : null;

    private static RecordingFormat? Find(IEnumerable<RecordingFormat> formats, RecordingStart start) =>
        formats.FirstOrDefault(format => format.Begins(start));
}
