namespace MusicPipeline.Reports.Charts;

/// <summary>What a chart shows as a table of shaded cells, for a page.</summary>
/// <param name="Down">What the rows are.</param>
/// <param name="Across">What the columns are.</param>
/// <param name="Rows">Name of each row, from the top.</param>
/// <param name="Columns">Name of each column.</param>
/// <param name="Cells">rows x columns.</param>
internal sealed record ChartTable(
    string Down, string Across, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ChartCell>> Cells)
{
    /// <summary>Most rows and columns that a reader can still point at; beyond them the picture is all there is.</summary>
    public const int Most = 40;
}
