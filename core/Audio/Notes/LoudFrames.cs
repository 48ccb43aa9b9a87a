using MusicPipeline.Audio.Features;

namespace MusicPipeline.Audio.Notes;

/// <summary>The frames of a note that count: those whose power is no more than 40 dB below that of the loudest.</summary>
internal static class LoudFrames
{
    /// <summary>The least power of a band.</summary>
    public const float LeastPower = 1e-10f;

    /// <summary>How far below the loudest frame one may be, in dB.</summary>
    public const double Range = 40;

    /// <summary>Positions of the frames, in order; at least that of the loudest.</summary>
    /// <param name="power">Mel power, bands x frames, of which at least 1e-10 a band counts.</param>
    public static int[] Of(MelSpectrogram power) => Of(power.Values, power.Frames);

    /// <summary>The same of power of any kind.</summary>
    /// <param name="power">Power, rows x frames, row-major, of which at least 1e-10 counts.</param>
    /// <param name="frames">Frames of a row.</param>
    public static int[] Of(ReadOnlySpan<float> power, int frames)
    {
        var sums = new double[frames];
        for (var row = 0; row < power.Length; row += frames)
        {
            for (var frame = 0; frame < frames; frame++) sums[frame] += MathF.Max(LeastPower, power[row + frame]);
        }

        var least = sums.Max() * Math.Pow(10, -Range / 10);
        return [.. Enumerable.Range(0, frames).Where(frame => sums[frame] >= least)];
    }

    /// <summary>The columns of these frames.</summary>
    /// <param name="values">Rows x frames, row-major.</param>
    /// <param name="frames">Frames of a row.</param>
    /// <param name="kept">Positions of the frames to keep, in order.</param>
    /// <returns>Rows x kept frames, row-major; the values themselves where all are kept.</returns>
    public static float[] Keep(float[] values, int frames, int[] kept)
    {
        if (kept.Length == frames) return values;
        var rows = values.Length / frames;
        var columns = new float[rows * kept.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < kept.Length; i++) columns[(row * kept.Length) + i] = values[(row * frames) + kept[i]];
        }

        return columns;
    }

    /// <summary>
    /// The mean of each row over equal parts of the frames: part i of n frames is those from <c>floor(i n / parts)</c> to the larger of
    /// one more and <c>ceil((i + 1) n / parts)</c>.
    /// </summary>
    /// <param name="values">Rows x frames, row-major.</param>
    /// <param name="frames">Frames of a row.</param>
    /// <param name="means">Parts x rows: part by part.</param>
    /// <param name="parts">How many.</param>
    public static void MeansOfParts(ReadOnlySpan<float> values, int frames, Span<float> means, int parts)
    {
        var rows = means.Length / parts;
        for (var part = 0; part < parts; part++)
        {
            var start = part * frames / parts;
            var end = Math.Max(start + 1, (((part + 1) * frames) + parts - 1) / parts);
            for (var row = 0; row < rows; row++)
            {
                var sum = 0.0;
                for (var frame = start; frame < end; frame++) sum += values[(row * frames) + frame];
                means[(part * rows) + row] = (float)(sum / (end - start));
            }
        }
    }
}
