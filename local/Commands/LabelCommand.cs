using System.CommandLine;
using MusicPipeline.Collections;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Uploading;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music label RECORDING... --to LABEL</c>: gives recordings of a collection another label.</summary>
internal sealed class LabelCommand : MusicCommand
{
    /// <summary>Declares the command.</summary>
    public LabelCommand(Terminal terminal)
        : base("label", "Give recordings of a collection another label.", "label cello/take-3.wav --to viola --collection strings")
    {
        var recordings = new Argument<string[]>("RECORDING")
        {
            Description = "Recordings as they lie in the collection, <label>/<file>", Arity = ArgumentArity.OneOrMore,
        };
        var to = new Option<string>("--to") { Description = "The label that they get", Required = true, HelpName = "LABEL" };
        var collection = new Option<string?>("--collection")
        {
            Description = $"Their collection; '{LabelledUpload.DefaultCollection}' unless told otherwise",
        };
        Add(recordings);
        Add(to);
        Add(collection);
        SetAction((parsed, cancellation) => RunAsync(
            terminal,
            parsed.GetRequiredValue(recordings),
            parsed.GetRequiredValue(to),
            parsed.GetValue(collection) ?? LabelledUpload.DefaultCollection,
            cancellation));
    }

    private static async Task<int> RunAsync(
        Terminal terminal, string[] recordings, string label, string collection, CancellationToken cancellation)
    {
        await using var pipeline = await LocalPipeline.OpenAsync(terminal, cancellation);
        var relabelling = pipeline.Get<Relabelling>();
        var exit = ExitCodes.Success;
        foreach (var recording in recordings)
        {
            try
            {
                var moved = await relabelling.MoveAsync(collection, recording, label, cancellation);
                terminal.WriteLine(Terminal.Printable($"{recording} is {moved.Recording} now."));
            }
            catch (InputException exception)
            {
                terminal.Complain(exception.About(recording).Message);
                exit = ExitCodes.BadInput;
            }
        }

        if (exit == ExitCodes.Success)
            terminal.WriteLine(
                $"Next:   ./run collect {(collection.Contains(' ', StringComparison.Ordinal) ? $"\"{collection}\"" : collection)}");
        return exit;
    }
}
