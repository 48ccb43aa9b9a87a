using System.CommandLine;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Uploading;
using MusicPipeline.Local.Watching;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music upload FILE|URL...</c>: puts recordings and arrays into the pipeline and says what became of them.</summary>
internal sealed class UploadCommand : MusicCommand
{
    /// <summary>Declares the command.</summary>
    public UploadCommand(Terminal terminal)
        : base(
            "upload",
            "Put recordings and arrays into the pipeline, from files or from the web.",
            "upload my-cello.aiff",
            "upload notes_train_data.npy notes_train_labels.npy notes_test_data.npy notes_test_labels.npy",
            "upload https://example.org/recordings/Oboe.mf.C4B4.aiff",
            "upload violin/*.aiff cello/*.aiff --label-from-folder --collection strings",
            "upload take-*.wav --label oboe --collection winds")
    {
        var recordings = string.Join(", ", RecordingFormat.All.SelectMany(format => format.Extensions));
        var sources = new Argument<string[]>("FILE|URL")
        {
            Description = $"Recordings ({recordings}) or arrays (<dataset>_{{train,test}}_{{data,labels}}.npy)",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print JSON for scripts" };
        var label = new Option<string?>("--label")
        {
            Description = "What plays in these recordings, which go into a collection to learn from",
        };
        var fromFolder = new Option<bool>("--label-from-folder") { Description = "The same, each labelled by the name of its folder" };
        var collection = new Option<string?>("--collection")
        {
            Description = $"The collection of labelled recordings; '{LabelledUpload.DefaultCollection}' unless told otherwise",
        };
        Add(sources);
        foreach (var option in (Option[])[label, fromFolder, collection, json]) Add(option);
        SetAction((parsed, cancellation) =>
        {
            var labelled = Labelled(parsed.GetValue(label), parsed.GetValue(fromFolder), parsed.GetValue(collection));
            return RunAsync(terminal, new UploadBatch(parsed.GetRequiredValue(sources), labelled), parsed.GetValue(json), cancellation);
        });
    }

    private static LabelledUpload? Labelled(string? label, bool fromFolder, string? collection)
    {
        if (label is not null && fromFolder)
            throw new InputException("recordings cannot have this label and that of their folder", "give one of the two", "--label");
        return label is null && !fromFolder && collection is null
            ? null
            : new LabelledUpload(collection ?? LabelledUpload.DefaultCollection, label, fromFolder);
    }

    private static async Task<int> RunAsync(Terminal terminal, UploadBatch batch, bool json, CancellationToken cancellation)
    {
        await using var pipeline = batch.IsEmpty ? null : await LocalPipeline.OpenAsync(terminal, cancellation);
        // All are there before any is looked at, so that the arrays of a data set find each other.
        if (pipeline is not null) await batch.UploadAsync(pipeline.Get<Uploader>(), cancellation);

        var done = new List<SourceResult>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var result in batch.ProcessAsync(upload => pipeline!.Get<UploadPass>().ProcessAsync(upload, cancellation)))
        {
            done.Add(result);
            // What holds for several arrays of a data set is told once.
            if (!told.Add(result.Message)) continue;
            if (result.IsFault) terminal.Complain(result.Message);
            else if (!json) terminal.WriteLine(result.Message);
        }

        if (json) terminal.WriteJson(done);
        return done.Any(result => result.IsFault) ? ExitCodes.BadInput : ExitCodes.Success;
    }
}
