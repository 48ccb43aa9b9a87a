using ScottPlot.TickGenerators;

namespace MusicPipeline.Charts;

/// <summary>
/// The frequency axis of a mel picture: positions are mel on Slaney's scale (Auditory Toolbox, 1998), which is linear
/// below 1 kHz (200/3 Hz a mel) and logarithmic above (27 steps for a factor of 6.4).
/// </summary>
internal static class MelFrequencyAxis
{
    private const double HertzPerMel = 200.0 / 3;
    private const double BreakHertz = 1000;
    private static readonly double LogStep = Math.Log(6.4) / 27;

    public static double Mel(double hertz) => hertz < BreakHertz
        ? hertz / HertzPerMel
        : (BreakHertz / HertzPerMel) + (Math.Log(hertz / BreakHertz) / LogStep);

    /// <summary>Octaves of 128 Hz, and the upper end where no octave is near it.</summary>
    public static NumericManual Ticks(double minHertz, double maxHertz)
    {
        var ticks = new NumericManual();
        var apart = (Mel(maxHertz) - Mel(minHertz)) / 28;
        var last = double.NegativeInfinity;
        foreach (var hertz in Candidates(minHertz, maxHertz))
        {
            var mel = Mel(hertz);
            if (mel - last < apart) continue;
            ticks.AddMajor(mel, hertz.ToString("0"));
            last = mel;
        }

        return ticks;
    }

    private static IEnumerable<double> Candidates(double minHertz, double maxHertz)
    {
        yield return minHertz;
        var clearOfTop = Mel(maxHertz) - ((Mel(maxHertz) - Mel(minHertz)) / 28);
        for (double hertz = 128; hertz < maxHertz; hertz *= 2)
        {
            if (hertz > minHertz && Mel(hertz) <= clearOfTop) yield return hertz;
        }

        yield return maxHertz;
    }
}
