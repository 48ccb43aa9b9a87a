using MusicPipeline.Local.Cli;
using Spectre.Console;

namespace MusicPipeline.Local.Bench;

/// <summary>All figures of a run, as a table and as <c>out/bench.json</c>.</summary>
/// <param name="MeasuredAt">When.</param>
/// <param name="Processor">The processor's name and the cores that the process sees.</param>
/// <param name="Vectors">Widest vectors that are accelerated, in bits.</param>
/// <param name="FmaPeak">Peak of one core, in GFLOP/s.</param>
/// <param name="Figures">What was measured.</param>
internal sealed record BenchReport(
    DateTimeOffset MeasuredAt, string Processor, int Vectors, double FmaPeak, IReadOnlyList<BenchFigure> Figures)
{
    public void Write(Terminal terminal)
    {
        terminal.WriteLine($"{Processor}, {Vectors}-bit vectors, {FmaPeak:F0} GFLOP/s a core at its peak");
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("figure");
        table.AddColumn(new TableColumn("median") { Alignment = Justify.Right });
        table.AddColumn("unit");
        table.AddColumn("goal");
        table.AddColumn("note");
        foreach (var figure in Figures)
        {
            table.AddRow(
                Markup.Escape(figure.Name),
                figure.Value.ToString(figure.Value < 1 ? "F4" : figure.Value < 100 ? "F2" : "N0"),
                Markup.Escape(figure.Unit),
                Markup.Escape(figure.Goal ?? ""),
                Markup.Escape(figure.Note ?? ""));
        }

        terminal.Out.Write(table);
    }
}
