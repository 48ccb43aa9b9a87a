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
        return FormatOf(recording) is not null;
    }

    /// <summary>The format that a file begins like, perhaps behind an ID3 tag; null where none is read here.</summary>
    /// <param name="recording">A seekable stream, read from its start; stands anywhere after.</param>
    public static RecordingFormat? FormatOf(Stream recording) => Find(new RecordingStart(recording));

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
        if (Find(start) is { } format) return format.Read(start);
        if (AiffReader.MayBegin(start)) return AiffReader.Read(start);
        throw ForeignFormats.NameOf(start.Cursor.Peek(12)) is { } name
            ? new AudioFormatException(
                "FORM", $"this is {name} recording, which is not read", ForeignFormats.Remedy, InputErrorKind.UnsupportedType)
            : new AudioFormatException(
                "FORM",
                "the file has neither the FORM chunk of an AIFF nor the RIFF chunk of a WAV recording, nor frames of MP3 or pages of Ogg",
                $"give an {RecordingFormat.Names} recording",
                InputErrorKind.UnsupportedType);
    }

    private static RecordingFormat? Find(RecordingStart start) =>
        RecordingFormat.All.FirstOrDefault(format => format.Begins(start));
}
