using MusicPipeline.Reports.Results;

namespace MusicPipeline.Reports.Findings;

/// <summary>
/// 95% interval of a share that was counted over independent rows (E. B. Wilson, Probable inference, the law of
/// succession, and statistical inference, JASA 1927): unlike the usual one it stays within 0 and 1 and holds for shares
/// near 1.
/// </summary>
/// <param name="Low">Lower end, 0 to 1.</param>
/// <param name="High">Upper end, 0 to 1.</param>
internal readonly record struct WilsonInterval(double Low, double High)
{
    // The 97.5% quantile of the normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>The interval of a share of so many rows; 0 to 1 where there are none.</summary>
    public static WilsonInterval Of(double share, int rows)
    {
        if (rows <= 0) return new WilsonInterval(0, 1);
        var middle = (share + (Z * Z / (2 * rows))) / (1 + (Z * Z / rows));
        var half = Z / (1 + (Z * Z / rows)) * Math.Sqrt((share * (1 - share) / rows) + (Z * Z / (4.0 * rows * rows)));
        return new WilsonInterval(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary><c>98.93% to 99.26%</c>.</summary>
    public override string ToString() => $"{ReportText.Percent(Low)} to {ReportText.Percent(High)}";
}
