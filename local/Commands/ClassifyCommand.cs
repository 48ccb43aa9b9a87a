using System.CommandLine;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Predicting;
using MusicPipeline.Training.Models;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music classify MODEL.onnx RECORDING...</c>: which instrument plays when.</summary>
internal sealed class ClassifyCommand : MusicCommand
{
    /// <summary>Declares the command.</summary>
    public ClassifyCommand(Terminal terminal)
        : base(
            "classify",
            "Say which instrument plays in recordings, note by note.",
            "classify out/sweeps/<sweep>/best.onnx samples/Oboe.mf.Eb5F5.aiff",
            "classify out/sweeps/<sweep>/best.onnx *.aiff --json")
    {
        var model = new Argument<string>("MODEL.onnx")
        {
            Description = "A classifier that a sweep over a collection of recordings trained",
        };
        var recordings = new Argument<string[]>("RECORDING")
        {
            Description = $"Recordings: {RecordingFormat.Names}", Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print everything as JSON for scripts" };
        Add(model);
        Add(recordings);
        Add(json);
        SetAction(async (parsed, cancellation) =>
        {
            var name = parsed.GetRequiredValue(model);
            InputFile.Open(name).Dispose();
            using var scorer = ModelScorer.Open(name, Environment.ProcessorCount);
            var all = new List<ClassifiedRecording>();
            var failed = 0;
            foreach (var path in parsed.GetRequiredValue(recordings))
            {
                try
                {
                    var labels = await InputFile.ReadAsync(path, file =>
                        Task.Run(() => RecordingClassifier.Classify(name, scorer, file, cancellation), cancellation));
                    all.Add(new ClassifiedRecording(path, labels));
                    if (!parsed.GetValue(json)) all[^1].Write(terminal.Out);
                }
                catch (InputException exception) when (parsed.GetRequiredValue(recordings).Length > 1)
                {
                    // One bad file among many must not hide what the others are.
                    terminal.Complain(exception.Message);
                    failed++;
                }
            }

            if (parsed.GetValue(json)) terminal.WriteCompactJson(all);
            if (failed > 0)
            {
                throw new InputException(
                    $"{failed} of {failed + all.Count} recordings could not be classified", "see above for the reasons");
            }
        });
    }
}
