namespace MusicPipeline.Reports.Results;

/// <summary>How the report writes numbers and lists.</summary>
internal static class ReportText
{
    /// <summary>0.9925 as <c>99.25%</c>.</summary>
    public static string Percent(double share) => double.IsFinite(share) ? $"{share * 100:0.00}%" : "none";

    /// <summary>0.002 as <c>0.20 percentage points</c>.</summary>
    public static string Points(double share) => $"{share * 100:0.00} percentage points";

    /// <summary>A loss with three significant digits or more: <c>0.0061</c>, <c>2.303</c>, <c>1.2e+07</c>.</summary>
    public static string Loss(double loss) => !double.IsFinite(loss) ? "not finite" : Math.Abs(loss) switch
    {
        0 => "0",
        >= 100_000 or < 0.0001 => loss.ToString("0.0e+00"),
        < 0.001 => loss.ToString("0.000000"),
        < 0.01 => loss.ToString("0.00000"),
        _ => loss.ToString("0.0000"),
    };

    /// <summary>A learning rate as it was asked for.</summary>
    public static string Rate(double rate) => rate is >= 1e-6 and < 1e6 ? rate.ToString("0.##########") : rate.ToString("R");

    /// <summary>A learning rate with four significant digits, for charts: <c>0.002057</c>, <c>1.762e-5</c>.</summary>
    public static string ShortRate(double rate)
    {
        if (rate == 0) return "0";
        var rounded = double.Parse(rate.ToString("G4"));
        var text = rounded.ToString("0.##########");
        return text.Length <= 8 && rounded is >= 1e-6 and < 1e6 ? text : rounded.ToString("0.###e0");
    }

    /// <summary>A ratio without needless digits: <c>36</c>, <c>1.6</c>.</summary>
    public static string Times(double ratio) => ratio >= 10 ? ratio.ToString("N0") : ratio.ToString("0.0");

    /// <summary><c>1 epoch</c>, <c>66,247 rows</c>.</summary>
    public static string Count(long number, string noun, string? plural = null) =>
        $"{number:N0} {(number == 1 ? noun : plural ?? noun + "s")}";

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>; beyond <paramref name="most"/> the rest is counted.</summary>
    public static string List(IReadOnlyCollection<string> items, int most = 12)
    {
        if (items.Count > most) return $"{string.Join(", ", items.Take(most))} and {items.Count - most:N0} more";
        if (items.Count <= 1) return items.FirstOrDefault("none");
        return $"{string.Join(", ", items.Take(items.Count - 1))} and {items.Last()}";
    }

    /// <summary>The name of a study or a preset as a heading: <c>Learning rate</c>, <c>TPE</c>.</summary>
    public static string Heading(string name) => name == "tpe" ? "TPE" : Sentence(name.Replace('-', ' '));

    /// <summary>The first letter raised.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
