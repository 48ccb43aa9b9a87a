using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Features;

/// <summary>Spectrograms to librosa's definition, from samples that arrive block by block.</summary>
public static class Spectrogram
{
    // 512 MiB of floats: 6 hours at 22,050 Hz, a hop of 512 and 128 bands.
    private const long MostValues = 1L << 27;

    /// <summary>
    /// <c>librosa.feature.melspectrogram(y, sr, n_fft, hop_length, n_mels, fmin, fmax)</c>: frames centred on multiples of
    /// the hop and padded with zeros, a periodic Hann window, squared magnitudes, Slaney's mel filters of equal area.
    /// </summary>
    /// <param name="source">Mono samples; read to the end.</param>
    /// <param name="options">Frame, hop, bands and edges; librosa's defaults where null.</param>
    /// <param name="cancellationToken">Stops between two groups of frames.</param>
    /// <returns>Power, bands x (1 + samples / hop).</returns>
    /// <exception cref="InputException">The recording is so long that the result would not fit into 512 MiB.</exception>
    public static MelSpectrogram Mel(
        IMonoSource source, MelOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options = (options ?? new MelOptions()).Check();
        var frameCount = Stft.FramesOf(source, options.HopLength);
        if (frameCount * options.Bands > MostValues)
        {
            throw new InputException(
                $"the recording is {TimeSpan.FromSeconds(source.Length / source.SampleRate).TotalHours:N1} hours long, "
                + "too long for one spectrogram",
                "cut it into shorter ones",
                kind: InputErrorKind.TooLarge);
        }

        var frames = (int)frameCount;
        var values = new float[options.Bands * frames];
        var filters = new MelFilterBank(source.SampleRate, options);
        var stft = new Stft(source, options.FrameLength, options.HopLength, filters.HighestBin);
        while (stft.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            filters.Apply(stft.Power, values, frames, (int)stft.First, stft.Count);
        }

        return new MelSpectrogram(
            values, options.Bands, frames, source.SampleRate, options.HopLength, options.MinFrequency, options.MaxFrequency);
    }
}
