using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Features;

/// <summary>
/// Mel power spectrograms at one rate and with one set of options: filters and tables are made once, so that many short
/// pieces cost no more than a long one. Not for several threads at once.
/// </summary>
internal sealed class MelAnalyzer
{
    // 512 MiB of floats: 6 hours at 22,050 Hz, a hop of 512 and 128 bands.
    private const long MostValues = 1L << 27;

    private readonly MelOptions _options;
    private readonly MelFilterBank _filters;
    private readonly FrameSpectra _spectra;

    /// <param name="sampleRate">Of the samples to come, in Hz.</param>
    /// <param name="options">Frame, hop, bands and edges.</param>
    public MelAnalyzer(double sampleRate, MelOptions options)
    {
        _options = options.Check();
        _filters = new MelFilterBank(sampleRate, options);
        _spectra = new FrameSpectra(options.FrameLength);
    }

    /// <summary>Power, bands x (1 + samples / hop); see <see cref="Spectrogram.Mel"/>.</summary>
    /// <param name="source">Mono samples at the analyzer's rate; read to the end.</param>
    /// <param name="cancellationToken">Stops between two groups of frames.</param>
    /// <exception cref="InputException">The recording is so long that the result would not fit into 512 MiB.</exception>
    public MelSpectrogram Power(IMonoSource source, CancellationToken cancellationToken = default)
    {
        var frameCount = Stft.FramesOf(source, _options.HopLength);
        if (frameCount * _options.Bands > MostValues)
        {
            throw new InputException(
                $"the recording is {TimeSpan.FromSeconds(source.Length / source.SampleRate).TotalHours:N1} hours long, "
                + "too long for one spectrogram",
                "cut it into shorter ones",
                kind: InputErrorKind.TooLarge);
        }

        var frames = (int)frameCount;
        var values = new float[_options.Bands * frames];
        var stft = new Stft(source, _spectra, _options.HopLength, _filters.HighestBin);
        while (stft.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            _filters.Apply(stft.Power, values, frames, (int)stft.First, stft.Count);
        }

        return new MelSpectrogram(
            values, _options.Bands, frames, source.SampleRate, _options.HopLength, _options.MinFrequency, _options.MaxFrequency);
    }
}
