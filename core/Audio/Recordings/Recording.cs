using MusicPipeline.Audio.Aiff;
using MusicPipeline.Audio.Wav;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio;

/// <summary>Tells what a recording is without reading its samples: AIFF, AIFF-C, WAV and RF64.</summary>
public static class AudioInspector
{
    /// <summary>Whether a file begins like a recording of a kind that is read here, perhaps behind an ID3 tag.</summary>
    /// <param name="recording">A seekable stream, read from its start; stands anywhere after.</param>
    public static bool Recognizes(Stream recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        var start = new RecordingStart(recording);
        return start.IsAiff || start.IsWav;
    }

    /// <summary>Reads the header of a recording.</summary>
    /// <param name="recording">A seekable stream, read from its start.</param>
    /// <returns>Format, encoding, channels, rate (Hz), bits, frames, text and warnings.</returns>
    /// <exception cref="AudioFormatException">No recording, or too damaged; names the chunk at fault.</exception>
    public static AudioSummary Inspect(Stream recording)
    {
        var file = Open(recording);
        return file.Summarize(file.Frames == 0 ? ["The recording holds no sound, so it is not converted."] : null);
    }

    /// <summary>Reads the header of a recording and finds its samples.</summary>
    internal static SoundFile Open(Stream recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        var start = new RecordingStart(recording);
        if (start.IsWav) return WavReader.Read(start);
        // The reader of AIFF knows best what is wrong with a damaged one.
        if (start.IsForm) return AiffReader.Read(start);
        throw new AudioFormatException(
            "FORM",
            "the file has neither the FORM chunk of an AIFF nor the RIFF chunk of a WAV recording",
            "give an AIFF, AIFF-C or WAV recording",
            InputErrorKind.UnsupportedType);
    }
}
