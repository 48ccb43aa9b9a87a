using System.CommandLine;
using MusicPipeline.Errors;
using MusicPipeline.Http;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Downloading;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Progress;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training.MachineLearning;
using MusicPipeline.Trials;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music sweep</c>: trains and compares classifiers on a data set.</summary>
internal sealed class SweepCommand : MusicCommand
{
    private readonly Option<string?> _dataset = new("--dataset") { Description = "Data set; may be left out where there is only one" };
    private readonly Option<string?> _preset = new("--preset")
    {
        Description = $"One of {string.Join(", ", Presets.Names)}; lab where nothing else is asked for",
    };
    private readonly SearchOptions _search = new();
    private readonly Option<string?> _validation = new("--validation")
    {
        Description = "'test' as in the lab (presets), a share of the training set such as 0.2 (others), or folds such as 5-fold",
    };
    private readonly Option<string[]> _baselines = new("--baselines")
    {
        Description =
            $"Simple classifiers to train on the same rows and show beside the trials: {string.Join(", ", Baselines.Names)}, or all",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly LabelOptions _labels = new();
    private readonly RunOptions _run = new();
    private readonly Option<string?> _output = OutputFolder.Option();
    private readonly Option<string?> _from = new("--from")
    {
        Description = "Start again the sweep of a sweep.json, with its parameters, seed and version of the data",
        HelpName = "sweep.json",
    };

    private readonly Option<string?> _follow = new("--follow")
    {
        Description = "Show the curves of running trials as they grow; with an id, those of a sweep that is on record",
        HelpName = "id",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the sweep as JSON; with --follow, each event on a line" };

    public SweepCommand(Terminal terminal)
        : base(
            "sweep",
            "Train and compare classifiers on a data set, and write a report",
            "sweep --preset learning-rate",
            "sweep --learning-rate 0.01 0.001 --hidden-units 64 256 --epochs 30",
            "sweep --dataset notes --hidden-units 128 --validation 0.2 --seed 7",
            "sweep --learning-rate log:1e-4..0.1 --hidden-units 2^2..2^10 --sampler sobol --trials 64",
            "sweep --activation sigmoid tanh relu --schedule cosine --weight-decay 0 0.01 --repeats 3",
            "sweep --hidden-units 64 256 --baselines sdca lbfgs",
            "sweep --preset lab --follow",
            "sweep --follow lab-3f9c2a7b10",
            "sweep --from out/sweeps/lab-3f9c2a7b10/sweep.json",
            "sweep pause lab-3f9c2a7b10",
            "sweep extend lab-3f9c2a7b10 --epochs 60",
            "sweep --hidden-units 64 256 --name \"Violins, first try\" --tags violins draft",
            "sweep list --tag violins")
    {
        foreach (var command in SweepControlCommand.All(terminal)) Add(command);
        Add(new SweepListCommand(terminal));
        Option[] options =
        [
            _dataset, _preset, .. _search.All, _validation, _baselines, .. _labels.All, .. _run.All, _from, _output, _follow, _json,
        ];
        foreach (var option in options) Add(option);
        SetAction(async (parsed, cancellationToken) => await RunAsync(
            terminal,
            await RequestAsync(parsed, cancellationToken),
            Followed(parsed),
            OutputFolder.Create(parsed.GetValue(_output)),
            parsed.GetValue(_json),
            cancellationToken));
    }

    private static async Task<int> RunAsync(
        Terminal terminal, SweepRequest request, string? followed, OutputFolder output, bool json, CancellationToken cancellationToken)
    {
        var observed = new ObservedTrials();
        await using var pipeline = await LocalPipeline.OpenAsync(terminal, cancellationToken, observed);
        var run = new WatchedSweep(terminal, pipeline, observed);
        var sweep = followed switch
        {
            null => await run.RunAsync(request, cancellationToken),
            "" => await run.FollowAsync(request, json, cancellationToken),
            _ => await run.FollowAsync(followed, json, cancellationToken),
        };
        var download = pipeline.Get<ResultDownload>();
        await download.RunAsync(output.FullPath, await download.OfSweepAsync(sweep.Id, cancellationToken), cancellationToken);
        if (json)
        {
            if (followed is null) terminal.WriteJson(sweep);
        }
        else
        {
            SweepTable.Write(terminal, sweep);
            if (sweep.Note is { } note) terminal.WriteLine(note);
            if (sweep.Counts is { } counts) terminal.WriteLine(WatchedSweep.Origin(counts));
            terminal.WriteLine($"Report: {output.Show($"sweeps/{sweep.Id}/report.html")}");
        }

        return WatchedSweep.Conclude(terminal, sweep);
    }

    /// <summary>The sweep to follow; empty for the one that is being started, and null for none.</summary>
    private string? Followed(ParseResult parsed)
    {
        if (parsed.GetResult(_follow) is null) return null;
        if (parsed.GetValue(_follow) is not { Length: > 0 } id) return "";
        Option[] more = [_from, .. _labels.All, .. _run.All];
        RefuseOthers(parsed, "--follow", "give the id alone, or --follow without one to start a sweep", more);
        return id;
    }

    private async Task<SweepRequest> RequestAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_from) is not { } file) return Request(parsed);
        RefuseOthers(parsed, "--from", "give the file alone, or the options of another sweep");
        var request = await InputFile.ReadAsync(file, stream => SweepRecordBody.ReadAsync(stream, cancellationToken));
        return _labels.Apply(_run.Apply(request, parsed), parsed);
    }

    private void RefuseOthers(ParseResult parsed, string option, string remedy, params ReadOnlySpan<Option> more)
    {
        foreach (var other in (Option[])[_dataset, _preset, .. _search.All, _validation, _baselines, .. more])
        {
            if (parsed.GetResult(other) is { Implicit: false })
                throw new InputException($"a sweep that is on record has its own {other.Name}", remedy, option);
        }
    }

    private SweepRequest Request(ParseResult parsed)
    {
        ValidationRule? validation = null;
        if (parsed.GetValue(_validation) is { } text && !ValidationRule.TryParse(text, out validation))
            throw new InputException(
                $"'{text}' is no validation rule",
                "give test, a share above 0 and below 1 such as 0.2, or folds such as 5-fold",
                "--validation");
        var request = new SweepRequest
        {
            Dataset = parsed.GetValue(_dataset),
            Preset = parsed.GetValue(_preset),
            Validation = validation,
            Baselines = parsed.GetValue(_baselines) is { Length: > 0 } names
                ?
                [
                    .. names.SelectMany(name => name.Split(','))
                        .SelectMany(name => name == "all" ? Baselines.Names : [name])
                        .Distinct(StringComparer.Ordinal),
                ]
                : null,
        };
        return _search.Apply(_labels.Apply(_run.Apply(request, parsed), parsed), parsed);
    }
}
