using Spectre.Console;

namespace MusicPipeline.Local.Cli;

/// <summary>Facts about one thing, a line each: name, value.</summary>
internal static class FactTable
{
    /// <summary>Writes the facts; those without a value are left out.</summary>
    public static void WriteFacts(this IAnsiConsole console, IEnumerable<(string Name, string? Value)> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var (name, value) in facts)
        {
            if (value is not null)
                grid.AddRow(new Text(Terminal.Printable(name), new Style(Color.Grey)), new Text(Terminal.Printable(value)));
        }

        console.Write(grid);
    }
}
