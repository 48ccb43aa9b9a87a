using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Features;

/// <summary>Spectrograms to librosa's definition, from samples that arrive block by block.</summary>
public static class Spectrogram
{
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
        return new MelAnalyzer(source.SampleRate, options ?? new MelOptions()).Power(source, cancellationToken);
    }
}
