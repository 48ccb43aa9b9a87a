namespace MusicPipeline.Reports.Documents;

/// <summary>A table of text.</summary>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Cells, as many as columns.</param>
/// <param name="Emphasized">The row to stand out, or -1.</param>
internal sealed record Table(
    IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<Span>> Rows, int Emphasized = -1) : Block;
