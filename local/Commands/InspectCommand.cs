using System.CommandLine;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Inspecting;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music inspect FILE</c>: what a file holds.</summary>
internal sealed class InspectCommand : MusicCommand
{
    /// <summary>Declares the command.</summary>
    public InspectCommand(Terminal terminal)
        : base(
            "inspect",
            "Show what a recording, an array or a model holds.",
            "inspect samples/Cello.mf.Ab3Bb3.aiff",
            "inspect samples/notes_train_data.npy",
            "inspect model.onnx --json")
    {
        var file = new Argument<string>("FILE")
        {
            Description = $"Recording ({FileInspector.Recordings}), NumPy array (.npy, .npz) or model (.onnx)",
        };
        var json = new Option<bool>("--json") { Description = "Print JSON for scripts" };
        Add(file);
        Add(json);
        SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            var found = await InputFile.ReadAsync(path, stream => FileInspector.InspectAsync(path, stream, cancellation));
            if (parsed.GetValue(json)) terminal.WriteJson(found.Document);
            else terminal.Out.WriteFacts(found.Facts);
        });
    }
}
