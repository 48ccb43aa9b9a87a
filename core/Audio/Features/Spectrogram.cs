using System.Numerics;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Features;

/// <summary>Mel power spectrograms to librosa's definition, from samples that arrive block by block.</summary>
public static class MelExtractor
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
    public static MelSpectrogram Extract(
        IMonoSource source, MelOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options = (options ?? new MelOptions()).Check();
        var frameCount = 1 + source.Length / options.HopLength;
        if (frameCount * options.Bands > MostValues)
        {
            throw new InputException(
                $"the recording is {TimeSpan.FromSeconds(source.Length / source.SampleRate).TotalHours:N1} hours long, too long for one spectrogram",
                "cut it into shorter ones",
                kind: InputErrorKind.TooLarge);
        }

        var frames = (int)frameCount;
        var values = new float[options.Bands * frames];
        var filters = new MelFilterBank(source.SampleRate, options);
        var spectra = new FrameSpectra(options.FrameLength);
        var padding = options.FrameLength / 2;
        var advance = FrameSpectra.Lanes * options.HopLength;
        var samples = new float[advance - options.HopLength + options.FrameLength];
        Fill(source, samples.AsSpan(padding));
        for (var frame = 0; frame < frames; frame += FrameSpectra.Lanes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            spectra.Transform(samples, options.HopLength, filters.HighestBin);
            Apply(filters, spectra.Power, values, frame, frames);
            samples.AsSpan(advance).CopyTo(samples);
            Fill(source, samples.AsSpan(samples.Length - advance));
        }

        return new MelSpectrogram(
            values, options.Bands, frames, source.SampleRate, options.HopLength, options.MinFrequency, options.MaxFrequency);
    }

    private static void Fill(IMonoSource source, Span<float> samples) => samples[source.Read(samples)..].Clear();

    private static void Apply(
        MelFilterBank filters, ReadOnlySpan<Vector<double>> power, float[] values, int frame, int frames)
    {
        Span<double> lanes = stackalloc double[FrameSpectra.Lanes];
        var count = Math.Min(FrameSpectra.Lanes, frames - frame);
        for (var band = 0; band < filters.Bands; band++)
        {
            var weights = filters.Weights(band);
            var bins = power.Slice(filters.FirstBin(band), weights.Length);
            var sum = Vector<double>.Zero;
            for (var i = 0; i < bins.Length; i++)
                sum = Vector.FusedMultiplyAdd(bins[i], new Vector<double>(weights[i]), sum);
            sum.CopyTo(lanes);
            var row = values.AsSpan(band * frames + frame, count);
            for (var i = 0; i < row.Length; i++) row[i] = (float)lanes[i];
        }
    }
}
