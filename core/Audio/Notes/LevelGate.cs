namespace MusicPipeline.Audio.Notes;

/// <summary>Tells sound from silence by a recording's level, whose threshold follows the recording.</summary>
internal static class LevelGate
{
    /// <summary>Samples between two frames.</summary>
    public const int Hop = 256;

    private const int Window = 512;
    private const double LowestLevel = -120;

    // Regions nearer than this, in frames, are one; shorter ones are none.
    private const int JoinBelow = 3;
    private const int DropBelow = 6;

    /// <summary>Mean square of 512 samples centred on multiples of 256, with zeros outside: dB re 1, not below -120.</summary>
    public static double[] Levels(ReadOnlySpan<float> mono)
    {
        var levels = new double[1 + (mono.Length / Hop)];
        for (var frame = 0; frame < levels.Length; frame++)
        {
            var start = Math.Max((frame * Hop) - (Window / 2), 0);
            var end = Math.Min((frame * Hop) + (Window / 2), mono.Length);
            var sum = 0.0;
            foreach (var sample in mono[start..end]) sum += (double)sample * sample;
            levels[frame] = Math.Max(10 * Math.Log10(sum / Window), LowestLevel);
        }

        return levels;
    }

    /// <summary>
    /// The frames that sound. With the top and the 10th percentile of all levels, sound begins at
    /// <c>max(top - 40, min(percentile + 12, top - 30), -70)</c> dB and ends 6 dB below that.
    /// </summary>
    /// <param name="levels">Level of each frame, dB.</param>
    /// <returns>First frame and end (excluded) of each region, in order.</returns>
    public static List<(int Start, int End)> Regions(ReadOnlySpan<double> levels)
    {
        var (floor, top) = FloorAndTop(levels);
        var on = Math.Max(Math.Max(top - 40, Math.Min(floor + 12, top - 30)), -70);
        var regions = new List<(int Start, int End)>();
        for (var frame = 0; frame < levels.Length; frame++)
        {
            if (levels[frame] < on) continue;
            var start = frame;
            while (frame < levels.Length && levels[frame] >= on - 6) frame++;
            if (regions.Count > 0 && start - regions[^1].End < JoinBelow) regions[^1] = (regions[^1].Start, frame);
            else regions.Add((start, frame));
        }

        regions.RemoveAll(region => region.End - region.Start < DropBelow);
        return regions;
    }

    // The 10th percentile lies between two levels, and is interpolated as numpy.percentile does.
    private static (double Floor, double Top) FloorAndTop(ReadOnlySpan<double> levels)
    {
        var sorted = levels.ToArray();
        Array.Sort(sorted);
        var position = 0.1 * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return (sorted[below] + ((position - below) * (sorted[above] - sorted[below])), sorted[^1]);
    }
}
