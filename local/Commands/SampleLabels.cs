using MusicPipeline.Collections;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Predicting;
using MusicPipeline.Local.Progress;
using MusicPipeline.Local.Running;
using MusicPipeline.Local.Uploading;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using MusicPipeline.Uploads;
using Spectre.Console;

namespace MusicPipeline.Local.Commands;

/// <summary>
/// The part of the quick start that ends in labels: a data set of the labelled sample recordings, a network that learns from their
/// notes, and what it says of the other sample recordings.
/// </summary>
internal sealed class SampleLabels(Terminal terminal, LocalPipeline pipeline, ObservedTrials observed)
{
    // Two layers with dropout are the best of docs/collections.md; five folds, since there are few recordings.
    private static readonly SweepRequest Request = new()
    {
        Dataset = SampleUploads.Collection,
        Epochs = 60,
        Validation = ValidationRule.InFolds(5),
        Space = new SpaceRequest
        {
            [HyperParameter.HiddenUnits] = ParameterRange.Of([256]),
            [HyperParameter.Layers] = ParameterRange.Of([2]),
            [HyperParameter.Dropout] = ParameterRange.Of([0.3]),
            [HyperParameter.Activation] = ParameterRange.Of(Activation.Relu),
        },
    };

    /// <summary>Collects, trains and classifies.</summary>
    /// <param name="recordings">Files to classify.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<(SweepView Sweep, IReadOnlyList<ClassifiedRecording> Recordings)> RunAsync(
        IEnumerable<string> recordings, CancellationToken cancellationToken)
    {
        await CollectAsync(cancellationToken);
        terminal.Say("Sweep: a network that learns from the notes of the labelled recordings");
        var sweep = await new WatchedSweep(terminal, pipeline, observed).RunAsync(Request, cancellationToken);
        var model = await pipeline.Get<StoredModels>().OpenAsync(sweep.Id, cancellationToken);
        var classified = new List<ClassifiedRecording>();
        foreach (var path in recordings)
        {
            await using var file = InputFile.Open(path);
            var labels = await Task.Run(
                () => RecordingClassifier.Classify(sweep.Id, model, file, cancellationToken), cancellationToken);
            classified.Add(new ClassifiedRecording(path, labels));
        }

        return (sweep, classified);
    }

    /// <summary>Shows the labels in a table.</summary>
    public void Write(IEnumerable<ClassifiedRecording> recordings)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("recording");
        table.AddColumn(new TableColumn("notes") { Alignment = Justify.Right });
        table.AddColumn("what plays");
        foreach (var (file, labels) in recordings)
            table.AddRow(new Text(Path.GetFileName(file)), new Text($"{labels.Notes.Count}"), new Text(labels.Sentence.TrimEnd('.')));
        terminal.Out.Write(table);
    }

    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        var service = pipeline.Get<CollectService>();
        var run = await service.StartAsync(SampleUploads.Collection, cancellationToken: cancellationToken);
        await pipeline.Get<LocalCollectRunner>().WaitAsync(run);
        var results = (await service.GetAsync(SampleUploads.Collection, cancellationToken)).Results;
        if (results is not { Problem: null })
        {
            throw new SetupException(
                $"the labelled samples make no data set ({results?.Problem})", "restore them with 'git checkout samples'");
        }

        terminal.Say(
            $"Collect: {Counted.Of(results.Labels.Sum(label => label.Notes), "note")} "
            + $"of {Counted.Of(results.Labels.Sum(label => label.Recordings), "recording")} "
            + $"under {Counted.Of(results.Labels.Count, "label")}");
    }
}
