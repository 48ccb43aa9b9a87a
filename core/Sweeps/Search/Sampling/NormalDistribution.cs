using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>The normal distribution with mean 0 and deviation 1.</summary>
/// <remarks>
/// Not a library's: what differs in the last digit of a share makes TPE choose another of its candidates every tenth time or
/// so, and with it another point and another trial.
/// </remarks>
internal static class NormalDistribution
{
    // Beyond it the tail is below 1e-15 and the series would take long.
    private const double Farthest = 8;

    private static readonly double LogOfRoot = Math.Log(2 * Math.PI) / 2;

    /// <summary>Share of it below a value, by the series of G. Marsaglia, Evaluating the normal distribution, 2004.</summary>
    public static double Cumulative(double x)
    {
        if (x <= -Farthest) return 0;
        if (x >= Farthest) return 1;
        double sum = x, term = x, before = 0;
        for (var i = 3; sum != before; i += 2)
        {
            before = sum;
            term *= x * x / i;
            sum += term;
        }

        return 0.5 + (sum * Density(x));
    }

    public static double LogDensity(double x) => (-x * x / 2) - LogOfRoot;

    private static double Density(double x) => Math.Exp(LogDensity(x));

    /// <summary>A draw (G. Box, M. Muller, 1958).</summary>
    public static double Draw(Xoshiro256 random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
