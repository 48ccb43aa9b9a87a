using System.CommandLine;
using MusicPipeline.Audio.Notes;
using MusicPipeline.Collections;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Downloading;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Running;
using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;
using Spectre.Console;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music collect COLLECTION</c>: makes a data set of the notes of labelled recordings.</summary>
internal sealed class CollectCommand : MusicCommand
{
    // A terminal is no place for thousands of rows; the report has them all.
    private const int MaxRows = 50;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public CollectCommand(Terminal terminal)
        : base("collect", "Make a data set of the notes of labelled recordings", "collect strings", "collect")
    {
        var collection = new Argument<string?>("collection")
        {
            Description = "The collection, as 'upload --collection' named it; may be left out where there is only one",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var recipe = new Option<string?>("--recipe")
        {
            Description = $"How notes are described: {string.Join(" or ", NoteRecipe.Names)}; "
                + $"where none is named as before, and {NoteRecipe.Names[0]} the first time",
        };
        var augment = new Option<int?>("--augment")
        {
            Description = "Altered copies of each training note that are learned from, too, 1 to 20; none unless told otherwise",
            HelpName = "COPIES",
        };
        var output = OutputFolder.Option();
        var json = new Option<bool>("--json") { Description = "Print JSON for scripts" };
        Add(collection);
        foreach (var option in (Option[])[recipe, augment, output, json]) Add(option);
        SetAction((parsed, cancellationToken) => RunAsync(
            terminal,
            parsed.GetValue(collection),
            parsed.GetValue(recipe),
            parsed.GetValue(augment),
            OutputFolder.Create(parsed.GetValue(output)),
            parsed.GetValue(json),
            cancellationToken));
    }

    private static async Task<int> RunAsync(
        Terminal terminal, string? named, string? recipe, int? augment, OutputFolder output, bool json, CancellationToken cancellationToken)
    {
        await using var pipeline = await LocalPipeline.OpenAsync(terminal, cancellationToken);
        var service = pipeline.Get<CollectService>();
        var name = named ?? await OnlyOneAsync(service, cancellationToken);
        var run = await service.StartAsync(name, recipe, augment, cancellationToken);
        var running = pipeline.Get<LocalCollectRunner>().WaitAsync(run);
        while (await Task.WhenAny(running, Task.Delay(Look, cancellationToken)) != running)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((await service.GetAsync(name, cancellationToken)).Progress is { } progress)
                terminal.Say($"{progress.Read:N0} of {Counted.Of(progress.Recordings, "recording")} read");
        }

        await running;
        var view = await service.GetAsync(name, cancellationToken);
        if (view is not { State: not CollectionState.Collecting, Results: { } results })
            throw new SetupException($"{name} was not collected to its end", "collect it again; nothing is computed twice");
        var dataset = results.Version is { } version ? [BlobPaths.Dataset(name, version, "")] : (BlobPath[])[];
        BlobPath[] files = [.. CollectionFiles.Public.Select(file => BlobPaths.Collection(name, file)), .. dataset];
        await pipeline.Get<ResultDownload>().RunAsync(output.FullPath, files, cancellationToken);
        if (json) terminal.WriteJson(results);
        else if (results.Problem is null) Write(terminal, results, output);
        if (results.Problem is not { } problem) return ExitCodes.Success;
        terminal.Complain(problem);
        return ExitCodes.BadInput;
    }

    private static async Task<string> OnlyOneAsync(CollectService service, CancellationToken cancellationToken)
    {
        var all = await service.ListAsync(cancellationToken);
        return all.Count switch
        {
            1 => all[0].Name,
            0 => throw new InputException(
                "there is no collection yet", "upload recordings with 'upload --label' or 'upload --label-from-folder'"),
            _ => throw new InputException(
                $"there are {all.Count} collections", $"name one of {string.Join(", ", all.Select(one => one.Name))}"),
        };
    }

    private static void Write(Terminal terminal, CollectionResults results, OutputFolder output)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in (string[])["label", "recordings", "notes", "seconds", "test recordings", "test notes"])
            table.AddColumn(new TableColumn(heading) { Alignment = heading == "label" ? Justify.Left : Justify.Right });
        foreach (var label in results.Labels.Take(MaxRows))
            table.AddRow(
                Markup.Escape(Terminal.Printable(label.Name)), $"{label.Recordings}", $"{label.Notes}", $"{label.Seconds:F1}",
                $"{label.TestRecordings}", $"{label.TestNotes}");
        terminal.Out.Write(table);
        foreach (var remark in results.Remarks) terminal.WriteLine(Terminal.Printable(remark));
        foreach (var left in results.LeftOut.Take(MaxRows))
            terminal.WriteLine(Terminal.Printable($"Left out: {left.File}: {left.Reason}"));
        if (results.LeftOut.Count > MaxRows) terminal.WriteLine($"and {results.LeftOut.Count - MaxRows} more");
        terminal.WriteLine(
            $"{results.Name} is at version {results.Version}: {Counted.Of(results.Labels.Sum(label => label.Notes), "note")} of "
            + $"{Counted.Of(results.Labels.Sum(label => label.Recordings), "recording")} under "
            + $"{Counted.Of(results.Labels.Count, "label")}.");
        terminal.WriteLine($"Report: {output.Show($"collections/{results.Name}/{CollectionFiles.ReportHtml}")}");
        terminal.WriteLine($"Next:   ./run sweep --dataset {(results.Name.Contains(' ') ? $"\"{results.Name}\"" : results.Name)}");
    }
}
