namespace MusicPipeline.Local.Progress;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>
    /// The curve on a logarithmic scale from its lowest value to its highest, in at most <paramref name="width"/>
    /// characters, each the mean of its points. What is not finite and above 0 is left out.
    /// </summary>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        double[] logs = [.. values.Where(value => double.IsFinite(value) && value > 0).Select(value => Math.Log(value))];
        if (logs.Length == 0) return "";
        var columns = Math.Min(width, logs.Length);
        var means = Enumerable.Range(0, columns)
            .Select(column => logs[(column * logs.Length / columns)..((column + 1) * logs.Length / columns)].Average())
            .ToArray();
        var (lowest, highest) = (means.Min(), means.Max());
        return string.Concat(means.Select(mean =>
            Blocks[highest > lowest ? (int)Math.Round((mean - lowest) / (highest - lowest) * (Blocks.Length - 1)) : 0]));
    }
}
