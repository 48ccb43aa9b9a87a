using System.Numerics;

namespace MusicPipeline.Audio.Features;

/// <summary>Mel-frequency cepstral coefficients.</summary>
public static class Mfcc
{
    /// <summary>
    /// <c>librosa.feature.mfcc(S=..., n_mfcc)</c>: the first coefficients of the orthonormal DCT-II along the bands, no lifter.
    /// </summary>
    /// <param name="decibels">A mel spectrogram in dB, bands x frames.</param>
    /// <param name="coefficients">Coefficients to keep, at most as many as there are bands.</param>
    /// <returns>Coefficients x frames, row-major.</returns>
    public static float[] FromDecibels(MelSpectrogram decibels, int coefficients = 20)
    {
        ArgumentNullException.ThrowIfNull(decibels);
        var (bands, frames) = (decibels.Bands, decibels.Frames);
        if (coefficients < 1 || coefficients > bands)
        {
            throw new ArgumentOutOfRangeException(
                nameof(coefficients), coefficients, $"There are 1 to {bands} coefficients of {bands} bands.");
        }

        var result = new float[coefficients * frames];
        var row = new double[frames];
        for (var k = 0; k < coefficients; k++)
        {
            Array.Clear(row);
            var scale = Math.Sqrt((k == 0 ? 1.0 : 2.0) / bands);
            for (var band = 0; band < bands; band++)
            {
                var weight = scale * Math.Cos(Math.PI * k * (2 * band + 1) / (2 * bands));
                AddScaled(decibels.Values.AsSpan(band * frames, frames), weight, row);
            }

            for (var frame = 0; frame < frames; frame++) result[k * frames + frame] = (float)row[frame];
        }

        return result;
    }

    private static void AddScaled(ReadOnlySpan<float> values, double weight, Span<double> sums)
    {
        var weights = new Vector<double>(weight);
        var half = Vector<double>.Count;
        var i = 0;
        for (; i <= sums.Length - 2 * half; i += 2 * half)
        {
            Vector.Widen(new Vector<float>(values[i..]), out var low, out var high);
            Vector.FusedMultiplyAdd(low, weights, new Vector<double>(sums[i..])).CopyTo(sums[i..]);
            Vector.FusedMultiplyAdd(high, weights, new Vector<double>(sums[(i + half)..])).CopyTo(sums[(i + half)..]);
        }

        for (; i < sums.Length; i++) sums[i] += weight * values[i];
    }
}
