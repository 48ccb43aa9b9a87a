using ScottPlot;
using ScottPlot.TickGenerators;

namespace MusicPipeline.Reports.Charts;

/// <summary>An axis of a chart: its label, limits, ticks, and where a value lies on it.</summary>
internal sealed class ChartAxis
{
    private readonly Func<double, double>? _map;

    private ChartAxis(string label, double min, double max, ITickGenerator ticks, Func<double, double>? map = null)
    {
        Label = label;
        Min = min;
        Max = max;
        Ticks = ticks;
        _map = map;
    }

    public string Label { get; }

    public double Min { get; }

    public double Max { get; }

    public ITickGenerator Ticks { get; }

    /// <summary>Whether minor ticks deserve grid lines of their own.</summary>
    public bool HasMinorGrid { get; private init; }

    /// <summary>Whether the axis is a decimal logarithm.</summary>
    public bool IsLogarithmic => _map is not null;

    /// <summary>Where a value lies in axis coordinates; NaN for what this axis cannot show.</summary>
    public double Position(double value)
    {
        var position = double.IsFinite(value) ? _map?.Invoke(value) ?? value : double.NaN;
        return double.IsFinite(position) ? position : double.NaN;
    }

    /// <summary>
    /// Evenly spaced values, with a little air around them (times <paramref name="airBelow"/> below, where labels need
    /// it), but never beyond the limits that they cannot pass.
    /// </summary>
    public static ChartAxis Linear(
        string label,
        IEnumerable<double> values,
        double lowest = double.NegativeInfinity,
        double highest = double.PositiveInfinity,
        double airBelow = 1)
    {
        var (min, max) = Range(values.Where(double.IsFinite), fallback: (0, 1));
        var air = max > min ? (max - min) * 0.06 : Math.Max(Math.Abs(max) * 0.01, 1e-3);
        // A value on a natural limit, such as 100%, still gets a sliver of air for its marker.
        min = Math.Max(min - (air * airBelow), lowest - (air / 3));
        max = Math.Min(max + air, highest + (air / 3));
        return new ChartAxis(label, min, max, ChartTicks.Linear(min, max));
    }

    /// <summary>Decimal logarithm; 0 and negative values have no place on it.</summary>
    public static ChartAxis Log(string label, IEnumerable<double> values)
    {
        var logs = values.Where(v => double.IsFinite(v) && v > 0).Select(Math.Log10);
        var (min, max) = Range(logs, fallback: (-1, 0));
        var air = Math.Max((max - min) * 0.05, 0.04);
        return new ChartAxis(label, min - air, max + air, ChartTicks.Log(min - air, max + air), Log10) { HasMinorGrid = true };
    }

    /// <summary>These limits and ticks.</summary>
    public static ChartAxis Exactly(string label, double min, double max, ITickGenerator ticks) => new(label, min, max, ticks);

    /// <summary>Whole epochs from 1.</summary>
    public static ChartAxis Epochs(int count)
    {
        count = Math.Max(1, count);
        var air = count == 1 ? 0.5 : Math.Max(0.25, (count - 1) * 0.012);
        return new ChartAxis("Epoch", 1 - air, count + air, ChartTicks.Linear(1, count, most: 12, whole: true));
    }

    /// <summary>A few positive values on a logarithmic scale of any base, each with its own tick.</summary>
    public static ChartAxis LogChoices(string label, IReadOnlyList<double> values, Func<double, string> format)
    {
        var positions = values.Where(v => v > 0).Select(Math.Log10).Distinct().Order().ToArray();
        var (min, max) = Range(positions, fallback: (-1, 0));
        var air = Math.Max((max - min) * 0.05, 0.1);
        var ticks = new NumericManual();
        var last = double.NegativeInfinity;
        foreach (var position in positions)
        {
            var far = position - last >= (max - min) / 14;
            if (far) last = position;
            if (far) ticks.AddMajor(position, format(Math.Pow(10, position)));
            else ticks.AddMinor(position);
        }

        return new ChartAxis(label, min - air, max + air, ticks, Log10);
    }

    /// <summary>Named places 0, 1, 2 ..., of which at most <paramref name="most"/> are labelled.</summary>
    public static ChartAxis Places(string label, IReadOnlyList<string> names, int most)
    {
        var ticks = new NumericManual();
        var stride = (names.Count + most - 1) / most;
        for (var i = 0; i < names.Count; i += stride) ticks.AddMajor(i, names[i]);
        return new ChartAxis(label, -0.5, names.Count - 0.5, ticks);
    }

    private static double Log10(double value) => value > 0 ? Math.Log10(value) : double.NaN;

    private static (double Min, double Max) Range(IEnumerable<double> values, (double Min, double Max) fallback)
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values) (min, max) = (Math.Min(min, value), Math.Max(max, value));
        return min <= max ? (min, max) : fallback;
    }
}
