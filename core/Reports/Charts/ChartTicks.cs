using ScottPlot.TickGenerators;

namespace MusicPipeline.Reports.Charts;

/// <summary>Where an axis has ticks and what they say.</summary>
internal static class ChartTicks
{
    /// <summary>Round values (1, 2 or 5 times a power of ten apart), at most <paramref name="most"/> of them.</summary>
    public static NumericManual Linear(double min, double max, int most = 8, bool whole = false)
    {
        var ticks = new NumericManual();
        var step = RoundStep((max - min) / most);
        if (whole) step = Math.Max(1, step);
        var digits = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        var first = (long)Math.Ceiling((min / step) - 1e-9);
        for (var i = first; i * step <= max + (step * 1e-9); i++)
            ticks.AddMajor(i * step, (i * step).ToString("F" + Math.Min(digits, 15)).Replace('-', '−'));
        return ticks;
    }

    /// <summary>
    /// Powers of ten with the multiples between them as minor ticks; the multiples 2 and 5 are named too where the
    /// axis spans less than about two and a half decades. Positions and limits are decimal logarithms.
    /// </summary>
    public static NumericManual Log(double minLog, double maxLog)
    {
        var ticks = new NumericManual();
        var span = maxLog - minLog;
        var stride = Math.Max(1, (int)Math.Ceiling(span / 8));
        for (var decade = (int)Math.Floor(minLog); decade <= (int)Math.Ceiling(maxLog); decade++)
        {
            if (Modulo(decade, stride) == 0) ticks.AddMajor(decade, PowerOfTen(decade, 1));
            else ticks.AddMinor(decade);
            if (stride > 1) continue;
            for (var multiple = 2; multiple <= 9; multiple++)
            {
                var position = decade + Math.Log10(multiple);
                var named = span < 0.7 || (span < 2.6 && multiple is (2 or 5));
                if (named) ticks.AddMajor(position, PowerOfTen(decade, multiple));
                else ticks.AddMinor(position);
            }
        }

        return ticks;
    }

    private static double RoundStep(double atLeast)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        return power * ((atLeast / power) switch { <= 1.0000001 => 1, <= 2.0000001 => 2, <= 5.0000001 => 5, _ => 10 });
    }

    private static string PowerOfTen(int decade, int multiple) => decade is >= -5 and <= 5
        ? (multiple * Math.Pow(10, decade)).ToString("0.######")
        : $"{multiple}e{decade}";

    private static int Modulo(int value, int divisor) => ((value % divisor) + divisor) % divisor;
}
