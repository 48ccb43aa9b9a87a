using System.CommandLine;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Progress;
using MusicPipeline.Sweeps.Results;
using Spectre.Console;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music sweep list</c>: the sweeps on record, the newest first.</summary>
internal sealed class SweepListCommand : MusicCommand
{
    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "Those with this tag; several for those with all of them",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _state = new("--state") { Description = "Those in this state, such as running or completed" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the list as JSON" };

    public SweepListCommand(Terminal terminal)
        : base("list", "List the sweeps on record", "sweep list --tag violins --state completed")
    {
        foreach (var option in (Option[])[_tags, _state, _json]) Add(option);
        SetAction(async (parsed, cancellationToken) =>
        {
            var filter = SweepFilter.Parse(parsed.GetValue(_tags) ?? [], parsed.GetValue(_state));
            await using var pipeline = await LocalPipeline.OpenAsync(terminal, cancellationToken);
            var sweeps = await pipeline.Get<SweepCatalog>().ListAsync(filter, cancellationToken);
            if (parsed.GetValue(_json)) terminal.WriteJson(sweeps);
            else Write(terminal, sweeps);
            return ExitCodes.Success;
        });
    }

    private static void Write(Terminal terminal, IReadOnlyList<SweepSummary> sweeps)
    {
        if (sweeps.Count == 0)
        {
            terminal.WriteLine("There is no such sweep.");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("sweep", "name", "tags", "data set", "state", "best");
        foreach (var sweep in sweeps)
        {
            string[] cells =
            [
                sweep.Id,
                sweep.Name ?? "",
                string.Join(", ", sweep.Tags ?? []),
                sweep.Dataset,
                sweep.State.ToString().ToLowerInvariant(),
                sweep.Best is { } best ? BestText.Of(best) : "",
            ];
            table.AddRow(cells.Select(cell => new Markup(Markup.Escape(cell))));
        }

        terminal.Out.Write(table);
    }
}
