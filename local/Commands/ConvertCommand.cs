using System.CommandLine;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Inspecting;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music convert IN OUT.wav</c>.</summary>
internal sealed class ConvertCommand : MusicCommand
{
    /// <summary>Declares the command.</summary>
    public ConvertCommand(Terminal terminal)
        : base(
            "convert",
            "Convert a recording to WAV, without loss.",
            "convert samples/Cello.mf.Ab3Bb3.aiff cello.wav")
    {
        var input = new Argument<string>("IN")
        {
            Description = $"The recording, {RecordingFormat.Names}"
        };
        var output = new Argument<string>("OUT.wav") { Description = "The WAV file to write; replaced where it exists" };
        var json = new Option<bool>("--json") { Description = "Print what was read as JSON for scripts" };
        Add(input);
        Add(output);
        Add(json);
        SetAction(async (parsed, cancellation) =>
        {
            var (source, target) = (parsed.GetRequiredValue(input), parsed.GetRequiredValue(output));
            if (!target.EndsWith(".wav", StringComparison.OrdinalIgnoreCase))
                throw new InputException("only WAV files are written", "let its name end in .wav", target, InputErrorKind.UnsupportedType);

            var summary = await InputFile.ReadAsync(source, recording => OutputFile.WriteAsync(
                target, wav => Task.Run(() => WavConversion.Convert(recording, wav, cancellation), cancellation)));
            foreach (var warning in summary.Warnings) terminal.Complain($"{source}: warning: {warning}");
            if (parsed.GetValue(json)) terminal.WriteJson(summary);
            else
                terminal.WriteLine(
                    $"{target}: {summary.Seconds:0.000} s, {summary.Channels} ch, {summary.SampleRate:G10} Hz, "
                    + $"from {summary.Format} with {RecordingInspection.Samples(summary)}");
        });
    }
}
