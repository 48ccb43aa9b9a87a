using MusicPipeline.Audio.Samples;
using MusicPipeline.Audio.Wav;

namespace MusicPipeline.Audio.Recordings;

/// <summary>
/// Converts recordings of every format that is read to WAV without loss: channels, rate, bits and texts stay, floats stay floats; µ-law,
/// A-law and IMA ADPCM become 16-bit PCM, MP3 and Ogg Vorbis floats. Memory does not grow with the recording.
/// </summary>
public static class WavConversion
{
    /// <summary>Converts one recording.</summary>
    /// <param name="recording">A seekable stream, read from its start.</param>
    /// <param name="wav">Where the WAV file goes, front to back; need not seek. Above 4 GiB it is an RF64 file.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>What the recording is, with warnings about what is odd or could not be kept.</returns>
    /// <exception cref="AudioFormatException">The recording cannot be read or holds no frame; nothing has been written then.</exception>
    public static AudioSummary Convert(Stream recording, Stream wav, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(wav);
        using var sound = Recording.Open(recording).WithSound();
        return WavWriter.Write(sound, wav, cancellationToken);
    }
}
