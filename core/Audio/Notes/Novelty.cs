using System.Numerics;
using MusicPipeline.Audio.Features;

namespace MusicPipeline.Audio.Notes;

/// <summary>How much a recording's sound changes from frame to frame, and where so much that a note begins.</summary>
internal static class Novelty
{
    // Frames i - 6 to i - 2 are compared with i + 2 to i + 6.
    private const int Nearest = 2;
    private const int Farthest = 6;

    private const int PeakReach = 4;
    private const int MedianReach = 12;
    private const double AboveMedian = 0.12;
    private const int ShortestNote = 9;

    /// <summary>
    /// One minus the cosine between the sums of five frames before and after, of mel power to the power of 1/4. It is 0 within
    /// 6 frames of either end, and where a sum is 0.
    /// </summary>
    /// <param name="power">Mel power, bands x frames, at a hop of 256.</param>
    /// <returns>0 to 1, a value a frame.</returns>
    public static double[] Of(MelSpectrogram power)
    {
        var (bands, frames) = (power.Bands, power.Frames);
        var novelty = new double[frames];
        var span = Farthest - Nearest + 1;
        if (frames <= 2 * Farthest) return novelty;

        // One window of five frames serves twice: as what follows a frame and, 8 frames later, as what came before it.
        var windows = frames - span + 1;
        var dots = new double[windows];
        var squares = new double[windows];
        var compressed = new float[frames];
        var sums = new double[windows];
        const int Apart = Nearest + Farthest;
        for (var band = 0; band < bands; band++)
        {
            FourthRoot(power.Values.AsSpan(band * frames, frames), compressed);
            for (var start = 0; start < windows; start++)
            {
                var sum = 0.0;
                for (var i = start; i < start + span; i++) sum += compressed[i];
                sums[start] = sum;
                squares[start] += sum * sum;
                if (start >= Apart) dots[start] += sum * sums[start - Apart];
            }
        }

        for (var frame = Farthest; frame < frames - Farthest; frame++)
        {
            int before = frame - Farthest, after = frame + Nearest;
            var norm = Math.Sqrt(squares[before] * squares[after]);
            if (norm > 0) novelty[frame] = 1 - (dots[after] / norm);
        }

        return novelty;
    }

    /// <summary>
    /// Frames of a region at which notes begin: its first, and every local maximum that stands 0.12 above the median around it, at
    /// least 9 frames from the last beginning and from the region's end.
    /// </summary>
    /// <param name="novelty">A value a frame.</param>
    /// <param name="start">The region's first frame.</param>
    /// <param name="end">The frame after its last.</param>
    public static List<int> Beginnings(ReadOnlySpan<double> novelty, int start, int end)
    {
        var beginnings = new List<int> { start };
        for (var frame = start + ShortestNote; frame <= end - ShortestNote; frame++)
        {
            if (frame - beginnings[^1] >= ShortestNote && IsPeak(novelty, frame)) beginnings.Add(frame);
        }

        return beginnings;
    }

    private static bool IsPeak(ReadOnlySpan<double> novelty, int frame)
    {
        foreach (var other in Around(novelty, frame, PeakReach))
        {
            if (other > novelty[frame]) return false;
        }

        return novelty[frame] >= AboveMedian + Median(Around(novelty, frame, MedianReach));
    }

    private static ReadOnlySpan<double> Around(ReadOnlySpan<double> values, int at, int reach) =>
        values[Math.Max(at - reach, 0)..Math.Min(at + reach + 1, values.Length)];

    private static double Median(ReadOnlySpan<double> values)
    {
        Span<double> sorted = stackalloc double[(2 * MedianReach) + 1];
        sorted = sorted[..values.Length];
        values.CopyTo(sorted);
        sorted.Sort();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static void FourthRoot(ReadOnlySpan<float> values, Span<float> roots)
    {
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.SquareRoot(Vector.SquareRoot(new Vector<float>(values[i..]))).CopyTo(roots[i..]);
        for (; i < values.Length; i++) roots[i] = MathF.Sqrt(MathF.Sqrt(values[i]));
    }
}
