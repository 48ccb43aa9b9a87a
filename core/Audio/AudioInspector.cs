using MusicPipeline.Audio.Aiff;
using MusicPipeline.Audio.Wav;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio;

/// <summary>Tells what a recording is without reading its samples: AIFF, AIFF-C, WAV and RF64.</summary>
public static class AudioInspector
{
    /// <summary>Bytes at the start of a file that <see cref="Recognizes"/> wants to see.</summary>
    public const int SignatureBytes = 12;

    /// <summary>Whether a file that begins like this is a recording of a kind that is read here.</summary>
    /// <param name="start">The first <see cref="SignatureBytes"/> bytes.</param>
    public static bool Recognizes(ReadOnlySpan<byte> start) => IsAiff(start) || IsWav(start);

    /// <summary>Reads the header of a recording.</summary>
    /// <param name="recording">A seekable stream, read from its start.</param>
    /// <returns>Format, encoding, channels, rate (Hz), bits, frames, text and warnings.</returns>
    /// <exception cref="AudioFormatException">No recording, or too damaged; names the chunk at fault.</exception>
    public static AudioSummary Inspect(Stream recording) => Open(recording).Summarize();

    /// <summary>Reads the header of a recording and finds its samples.</summary>
    internal static SoundFile Open(Stream recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (!recording.CanSeek) throw new ArgumentException("A recording is read from a seekable stream.", nameof(recording));
        recording.Position = 0;
        Span<byte> start = stackalloc byte[SignatureBytes];
        start = start[..recording.ReadAtLeast(start, SignatureBytes, throwOnEndOfStream: false)];
        if (IsWav(start)) return WavReader.Read(recording);
        // The reader of AIFF knows best what is wrong with a damaged one.
        if (start.Length < SignatureBytes || start.StartsWith("FORM"u8)) return AiffReader.Read(recording);
        throw new AudioFormatException(
            "FORM",
            "the file has neither the FORM chunk of an AIFF nor the RIFF chunk of a WAV recording",
            "give an AIFF, AIFF-C or WAV recording",
            InputErrorKind.UnsupportedType);
    }

    private static bool IsAiff(ReadOnlySpan<byte> start) =>
        start.Length >= SignatureBytes && start.StartsWith("FORM"u8)
        && (start[8..12].SequenceEqual("AIFF"u8) || start[8..12].SequenceEqual("AIFC"u8));

    private static bool IsWav(ReadOnlySpan<byte> start) =>
        start.Length >= SignatureBytes && (start.StartsWith("RIFF"u8) || start.StartsWith("RF64"u8))
        && start[8..12].SequenceEqual("WAVE"u8);
}
