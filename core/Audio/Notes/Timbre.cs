using System.Numerics;
using System.Runtime.InteropServices;
using MusicPipeline.Audio.Features;
using MusicPipeline.Notes;

namespace MusicPipeline.Audio.Notes;

/// <summary>
/// A note's envelope, how much it moves, its harmonics and its pitch. 20 cepstral coefficients of the mel spectrum, averaged over three
/// equal parts of the note, part by part; the standard deviation of each over the whole note; the mean level of the first 39
/// harmonics; and the pitch as a MIDI number. Frames more than 40 dB below the loudest are left out.
/// </summary>
/// <remarks>
/// Levels are decibels that end softly: <c>80 / ln 10 (x^(1/8) - 1)</c> of a power x relative to the loudest (Box and Cox, 1964) is within
/// 1 dB of its decibels down to -8 dB, and never below -34.7 dB, so that the noise of a room counts for less than with decibels.
/// </remarks>
internal sealed class Timbre : NoteRecipe
{
    public const string RecipeName = "timbre";

    private const int Coefficients = 20;
    private const int Parts = 3;
    private const int Harmonics = 39;

    // Up to half of the rate, which is left out.
    private const int Bins = 1024;
    private const double Scale = 80 / 2.302585092994046;

    private readonly MelOptions _options = new();
    private readonly FrameSpectra _spectra = new(new MelOptions().FrameLength);
    private readonly MelFilterBank _filters = new(SampleRate, new MelOptions());

    public override string Name => RecipeName;

    public override int Version => 1;

    public override int FeatureCount => ((Parts + 1) * Coefficients) + Harmonics + 1;

    public override NoteTransform Transform => new(
        _options.FrameLength, _options.HopLength, _filters.ToMatrix(), _options.Bands, Coefficients, Parts, LoudFrames.LeastPower,
        LoudFrames.Range, Range: 0)
    {
        Timbre = new(
            SampleRate, Scale, Harmonics, Pitch.LowestBin, Pitch.HighestBin, Pitch.ShortestLag, Pitch.LagsEnd, Pitch.NearlyHighest),
    };

    public override void Describe(ReadOnlyMemory<float> note, Span<float> features) => Describe(Spectra(note), features);

    // Its spectra are those that the clarity is known by.
    public override double DescribeWithClarity(ReadOnlyMemory<float> note, Span<float> features)
    {
        var spectra = Spectra(note);
        Describe(spectra, features);
        return PitchClarity.Of(spectra.Bins, spectra.Mel.Frames);
    }

    private void Describe((MelSpectrogram Mel, float[] Bins) spectra, Span<float> features)
    {
        features = features[..FeatureCount];
        features.Clear();
        var kept = LoudFrames.Of(spectra.Mel);
        var mel = spectra.Mel with { Values = LoudFrames.Keep(spectra.Mel.Values, spectra.Mel.Frames, kept), Frames = kept.Length };
        var bins = LoudFrames.Keep(spectra.Bins, spectra.Mel.Frames, kept);
        var loudest = mel.Values.Max();
        if (loudest <= 0) return;
        for (var i = 0; i < mel.Values.Length; i++) mel.Values[i] = (float)Level(mel.Values[i] / (double)loudest);
        var coefficients = Mfcc.FromDecibels(mel, Coefficients);
        LoudFrames.MeansOfParts(coefficients, mel.Frames, features[..(Parts * Coefficients)], Parts);
        for (var k = 0; k < Coefficients; k++)
            features[(Parts * Coefficients) + k] = Deviation(coefficients.AsSpan(k * mel.Frames, mel.Frames));

        var pitch = Pitch.Of(bins, mel.Frames, _options.FrameLength);
        var harmonics = features[((Parts + 1) * Coefficients)..^1];
        if (pitch is not { } hertz)
        {
            harmonics.Fill((float)Level(0));
            return;
        }

        MeanLevels(bins, mel.Frames, hertz * _options.FrameLength / SampleRate, harmonics);
        features[^1] = (float)(69 + (12 * Math.Log2(hertz / 440)));
    }

    private static double Level(double power) => Scale * (Math.Sqrt(Math.Sqrt(Math.Sqrt(power))) - 1);

    /// <summary>Mel power and squared magnitudes, bins x frames.</summary>
    private (MelSpectrogram Mel, float[] Bins) Spectra(ReadOnlyMemory<float> note)
    {
        var stft = new Stft(new ArrayMonoSource(note, SampleRate), _spectra, _options.HopLength, Bins - 1);
        var frames = (int)stft.Frames;
        var mel = new float[_options.Bands * frames];
        var bins = new float[Bins * frames];
        while (stft.Next())
        {
            _filters.Apply(stft.Power, mel, frames, (int)stft.First, stft.Count);
            var lanes = MemoryMarshal.Cast<Vector<double>, double>(stft.Power);
            for (var bin = 0; bin < Bins; bin++)
            {
                var row = bins.AsSpan((bin * frames) + (int)stft.First, stft.Count);
                for (var lane = 0; lane < row.Length; lane++) row[lane] = (float)lanes[(bin * FrameSpectra.Lanes) + lane];
            }
        }

        var power = new MelSpectrogram(
            mel, _options.Bands, frames, SampleRate, _options.HopLength, _options.MinFrequency, _options.MaxFrequency);
        return (power, bins);
    }

    /// <summary>
    /// The mean over the frames of each harmonic's level, relative to all harmonics of the loudest frame: the strongest bin within a
    /// quarter of the pitch, but one to three bins, of its multiple.
    /// </summary>
    private static void MeanLevels(float[] bins, int frames, double pitchInBins, Span<float> levels)
    {
        var reach = Math.Clamp(pitchInBins / 4, 1, 3);
        var strongest = new float[Harmonics * frames];
        var sums = new double[frames];
        for (var harmonic = 0; harmonic < Harmonics; harmonic++)
        {
            var centre = pitchInBins * (harmonic + 1);
            var (low, high) = ((int)Math.Max(0, Math.Round(centre - reach)), (int)Math.Round(centre + reach));
            if (high >= Bins) break;
            for (var frame = 0; frame < frames; frame++)
            {
                var most = 0f;
                for (var bin = low; bin <= high; bin++) most = MathF.Max(most, bins[(bin * frames) + frame]);
                strongest[(harmonic * frames) + frame] = most;
                sums[frame] += most;
            }
        }

        var loudest = sums.Max();
        for (var harmonic = 0; harmonic < Harmonics; harmonic++)
        {
            var sum = 0.0;
            foreach (var power in strongest.AsSpan(harmonic * frames, frames)) sum += Level(loudest > 0 ? power / loudest : 0);
            levels[harmonic] = (float)(sum / frames);
        }
    }

    private static float Deviation(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values) sum += value;
        var mean = sum / values.Length;
        foreach (var value in values) squares += (value - mean) * (value - mean);
        return (float)Math.Sqrt(squares / values.Length);
    }
}
