using System.Globalization;
using MusicPipeline.Audio.Samples;

namespace MusicPipeline.Audio.Wav;

/// <summary>Writes WAV files.</summary>
internal static class WavWriter
{
    /// <summary>Writes the sound of a recording as it is.</summary>
    /// <param name="sound">Read to its end.</param>
    /// <param name="wav">Where the file goes, front to back; need not seek.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>What the recording is, with a warning where its rate could not be kept.</returns>
    public static AudioSummary Write(IPcmSource sound, Stream wav, CancellationToken cancellationToken)
    {
        var summary = sound.Summary;
        var warnings = summary.Warnings.ToList();
        var rate = WavHeader.Rate(summary.SampleRate);
        if (rate != summary.SampleRate)
        {
            var exact = summary.SampleRate.ToString("G10", CultureInfo.InvariantCulture);
            warnings.Add($"A WAV file has a whole sample rate: {rate} Hz stands for {exact} Hz.");
        }

        wav.Write(WavHeader.Create(sound));
        for (var block = sound.ReadBlock(); block.Length > 0; block = sound.ReadBlock())
        {
            cancellationToken.ThrowIfCancellationRequested();
            wav.Write(block);
        }

        if (sound.DecodedBytes() % 2 == 1) wav.WriteByte(0);
        return summary with { Warnings = [.. warnings, .. sound.Summary.Warnings.Skip(summary.Warnings.Count)] };
    }
}
