namespace MusicPipeline.Reports.Charts;

/// <summary>A finished chart.</summary>
/// <param name="FileName">Name of its file, such as <c>baseline-loss.png</c>.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Description">What it says, in words, for readers who cannot see it.</param>
/// <param name="Png">The picture, 1200 pixels wide.</param>
public sealed record Chart(string FileName, string Title, string Description, byte[] Png)
{
    /// <summary>The same for a page to draw; null where the picture is all there is.</summary>
    internal ChartData? Data { get; init; }

    /// <summary>The same as points; null where it has none.</summary>
    internal PointData? Points { get; init; }

    /// <summary>The same as a table of shaded cells; null where it is none.</summary>
    internal ChartTable? Table { get; init; }

    /// <summary>The same as bars; null where it has none.</summary>
    internal IReadOnlyList<ChartBar>? Bars { get; init; }
}
