using System.Globalization;
using MusicPipeline.Audio.Aiff;
using MusicPipeline.Audio.Samples;
using MusicPipeline.Audio.Wav;

namespace MusicPipeline.Audio;

/// <summary>
/// Converts AIFF and AIFF-C to WAV without loss: channels, rate, bits and texts stay, floats stay floats; µ-law, A-law and
/// IMA ADPCM become 16-bit PCM. Memory does not grow with the recording.
/// </summary>
public static class AiffToWav
{
    /// <summary>Converts one recording.</summary>
    /// <param name="aiff">A seekable stream, read from its start.</param>
    /// <param name="wav">Where the WAV file goes, front to back; need not seek. Above 4 GiB it is an RF64 file.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>What the recording is, with warnings about what is odd or could not be kept.</returns>
    /// <exception cref="AudioFormatException">The recording cannot be read or holds no frame; nothing has been written then.</exception>
    public static AudioSummary Convert(Stream aiff, Stream wav, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(aiff);
        ArgumentNullException.ThrowIfNull(wav);
        var file = AiffReader.Read(new RecordingStart(aiff)).WithSound();
        var warnings = new List<string>();
        var rate = WavHeader.Rate(file.SampleRate);
        if (rate != file.SampleRate)
        {
            var exact = file.SampleRate.ToString("G10", CultureInfo.InvariantCulture);
            warnings.Add($"A WAV file has a whole sample rate: {rate} Hz stands for {exact} Hz.");
        }

        wav.Write(WavHeader.Create(file));
        using var reader = new SampleReader(aiff, file);
        for (var block = reader.ReadBlock(); block.Length > 0; block = reader.ReadBlock())
        {
            cancellationToken.ThrowIfCancellationRequested();
            wav.Write(block);
        }

        if (file.DecodedBytes % 2 == 1) wav.WriteByte(0);
        if (reader.DamagedPackets > 0)
            warnings.Add($"{reader.DamagedPackets:N0} packets of IMA ADPCM have a damaged header.");
        return file.Summarize(warnings);
    }
}
