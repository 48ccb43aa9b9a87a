using System.Numerics;
using System.Runtime.InteropServices;

namespace MusicPipeline.Audio.Notes;

/// <summary>
/// The fundamental frequency of a note: the first high peak of the autocorrelation that belongs to the mean magnitude spectrum.
/// Magnitudes instead of powers keep a strong partial from speaking for all of them.
/// </summary>
internal static class Pitch
{
    // Bins from 40 to 5,000 Hz are looked at, for 28 to 2,000 Hz: lags in samples at the recipes' rate.
    public const double LowestBin = 40;
    public const double HighestBin = 5000;
    public const int ShortestLag = 11;
    public const int LagsEnd = 787;

    // The first peak that is nearly as high as the highest counts, since every multiple of the period is a peak.
    public const double NearlyHighest = 0.85;

    /// <summary>The frequency in Hz; null where no peak is found, as in silence.</summary>
    /// <inheritdoc cref="Find"/>
    public static double? Of(ReadOnlySpan<float> power, int frames, int size) => Find(power, frames, size)?.Hertz;

    /// <summary>The frequency in Hz, and the height of its peak relative to lag 0; null where no peak is found, as in silence.</summary>
    /// <param name="power">Squared magnitudes, bins x frames, of frames under a Hann window.</param>
    /// <param name="frames">Frames of a bin.</param>
    /// <param name="size">Samples of a frame.</param>
    public static (double Hertz, double Height)? Find(ReadOnlySpan<float> power, int frames, int size)
    {
        var correlation = Autocorrelation(MeanMagnitudes(power, frames, size), size);
        var first = ShortestLag;
        while (first < LagsEnd && correlation[first] <= correlation[first - 1]) first++;
        if (first == LagsEnd) return null;
        var least = NearlyHighest * correlation[first..LagsEnd].Max();
        for (var lag = first; lag < LagsEnd; lag++)
        {
            var (before, at, after) = (correlation[lag - 1], correlation[lag], correlation[lag + 1]);
            if (at < least || at < before || at < after) continue;
            // The top of the parabola through the three.
            var bend = before - (2 * at) + after;
            return (NoteRecipe.SampleRate / (lag + (bend < 0 ? 0.5 * (before - after) / bend : 0)), at / correlation[0]);
        }

        return null;
    }

    /// <summary>Mean over the frames of each bin's share in its frame; 0 outside of the bins that are looked at.</summary>
    private static double[] MeanMagnitudes(ReadOnlySpan<float> power, int frames, int size)
    {
        var hertz = NoteRecipe.SampleRate / size;
        var (low, high) = ((int)Math.Ceiling(LowestBin / hertz), (int)Math.Floor(HighestBin / hertz));
        var totals = new double[frames];
        var magnitudes = new float[(high - low + 1) * frames];
        for (var i = 0; i < magnitudes.Length; i += frames)
        {
            for (var frame = 0; frame < frames; frame++)
            {
                magnitudes[i + frame] = MathF.Sqrt(power[(low * frames) + i + frame]);
                totals[frame] += magnitudes[i + frame];
            }
        }

        var scales = Array.ConvertAll(totals, total => total > 0 ? 1 / (total * frames) : 0);
        // As many as fill whole vectors; those above the highest stay 0.
        var means = new double[(high + Vector<double>.Count) / Vector<double>.Count * Vector<double>.Count];
        for (var bin = low; bin <= high; bin++)
        {
            for (var frame = 0; frame < frames; frame++) means[bin] += magnitudes[((bin - low) * frames) + frame] * scales[frame];
        }

        return means;
    }

    /// <summary>Of each lag, relative to that of the window itself, (2 + cos(2 pi lag / size)) / 3.</summary>
    private static double[] Autocorrelation(double[] spectrum, int size)
    {
        // cos((lag + 1) a) = 2 cos(a) cos(lag a) - cos((lag - 1) a), for as many bins at once as a vector has lanes.
        var twice = new double[spectrum.Length];
        for (var bin = 0; bin < twice.Length; bin++) twice[bin] = 2 * Math.Cos(2 * Math.PI * bin / size);
        var factors = MemoryMarshal.Cast<double, Vector<double>>(twice);
        var shares = MemoryMarshal.Cast<double, Vector<double>>(spectrum);
        var present = new Vector<double>[factors.Length];
        var last = new Vector<double>[factors.Length];
        for (var i = 0; i < factors.Length; i++) (present[i], last[i]) = (Vector<double>.One, factors[i] * 0.5);

        var result = new double[LagsEnd + 1];
        for (var lag = 0; lag < result.Length; lag++)
        {
            var sum = Vector<double>.Zero;
            for (var i = 0; i < factors.Length; i++)
            {
                sum = Vector.FusedMultiplyAdd(present[i], shares[i], sum);
                (present[i], last[i]) = (Vector.FusedMultiplyAdd(factors[i], present[i], -last[i]), present[i]);
            }

            result[lag] = 3 * Vector.Sum(sum) / (2 + Math.Cos(2 * Math.PI * lag / size));
        }

        return result;
    }
}
