using MusicPipeline.Local.Cli;

namespace MusicPipeline.Local.Bench;

/// <summary>Times something several times and keeps the median, which a noisy machine disturbs least.</summary>
internal static class Samples
{
    /// <summary>Median of the values.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Median, lowest and highest, as a note.</summary>
    public static string Spread(IReadOnlyCollection<double> values, string format) =>
        $"{Counted.Of(values.Count, "run")}, {values.Min().ToString(format)} to {values.Max().ToString(format)}";
}
