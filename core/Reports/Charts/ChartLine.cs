using System.Text.Json.Serialization;

namespace MusicPipeline.Reports.Charts;

/// <summary>A line of a <see cref="ChartData"/>.</summary>
/// <param name="Name">Its name; empty in the background.</param>
/// <param name="Colour">As in CSS.</param>
/// <param name="Dash">Lengths of dashes and gaps, in pixels; null for a solid line.</param>
/// <param name="X">Abscissae, ascending; null for 1, 2, 3 ...</param>
/// <param name="Y">Ordinates; null for what cannot be drawn.</param>
internal sealed record ChartLine(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("colour")] string Colour,
    [property: JsonPropertyName("dash")] float[]? Dash,
    [property: JsonPropertyName("xs")] double[]? X,
    [property: JsonPropertyName("ys")] double?[] Y)
{
    /// <summary>What the line is, for who points at it; null for its name and value.</summary>
    [JsonPropertyName("tip"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tip { get; init; }

    // More points than this are narrower than a pixel, and the quiet lines are there for their shape alone.
    private const int MostPoints = 400;
    private const int MostQuietPoints = 60;

    /// <summary>The line of a series, with every n-th point where there are many.</summary>
    public static ChartLine Of(Series series)
    {
        var isQuiet = series.Label.Length == 0;
        var stride = Math.Max(
            1, (series.X.Length + (isQuiet ? MostQuietPoints : MostPoints) - 1) / (isQuiet ? MostQuietPoints : MostPoints));
        int[] kept = [.. Enumerable.Range(0, series.X.Length).Where(i => i % stride == 0 || i == series.X.Length - 1)];
        double[] xs = [.. kept.Select(i => series.X[i])];
        return new ChartLine(
            series.Label,
            series.Look.Color.ToHex(),
            series.Look.Pattern.Intervals is { Length: > 0 } dash ? dash : null,
            xs.Select((x, i) => x.Equals(i + 1)).All(isNext => isNext) ? null : xs,
            [.. kept.Select(i => Rounded(series.Y[i]))]);
    }

    // Five digits are more than a pixel shows.
    private static double? Rounded(double value) => double.IsFinite(value) ? double.Parse(value.ToString("G5")) : null;
}
