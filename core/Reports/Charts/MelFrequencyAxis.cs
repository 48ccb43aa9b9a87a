using MusicPipeline.Audio.Features;
using ScottPlot.TickGenerators;

namespace MusicPipeline.Reports.Charts;

/// <summary>The ticks of a mel picture's frequency axis, whose positions are mels.</summary>
internal static class MelFrequencyAxis
{
    /// <summary>Octaves of 128 Hz, and the upper end where no octave is near it.</summary>
    public static NumericManual Ticks(double minHertz, double maxHertz)
    {
        var ticks = new NumericManual();
        var apart = (MelScale.FromHertz(maxHertz) - MelScale.FromHertz(minHertz)) / 28;
        var last = double.NegativeInfinity;
        foreach (var hertz in Candidates(minHertz, maxHertz))
        {
            var mel = MelScale.FromHertz(hertz);
            if (mel - last < apart) continue;
            ticks.AddMajor(mel, hertz.ToString("0"));
            last = mel;
        }

        return ticks;
    }

    private static IEnumerable<double> Candidates(double minHertz, double maxHertz)
    {
        yield return minHertz;
        var clearOfTop = MelScale.FromHertz(maxHertz) - ((MelScale.FromHertz(maxHertz) - MelScale.FromHertz(minHertz)) / 28);
        for (double hertz = 128; hertz < maxHertz; hertz *= 2)
        {
            if (hertz > minHertz && MelScale.FromHertz(hertz) <= clearOfTop) yield return hertz;
        }

        yield return maxHertz;
    }
}
