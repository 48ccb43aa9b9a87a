using System.CommandLine;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Inspecting;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music convert IN.aiff OUT.wav</c>.</summary>
internal sealed class ConvertCommand : MusicCommand
{
    /// <summary>Declares the command.</summary>
    public ConvertCommand(Terminal terminal)
        : base(
            "convert",
            "Convert an AIFF or AIFF-C recording to WAV, without loss.",
            "convert samples/Cello.mf.Ab3Bb3.aiff cello.wav")
    {
        var input = new Argument<string>("IN.aiff")
        {
            Description = $"The recording, {RecordingFormat.NamesOf(RecordingFormat.Converted)}"
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

            var recording = await InputFile.ReadAsync(source, aiff => OutputFile.WriteAsync(
                target, wav => Task.Run(() => AiffToWav.Convert(aiff, wav, cancellation), cancellation)));
            foreach (var warning in recording.Warnings) terminal.Complain($"{source}: warning: {warning}");
            if (parsed.GetValue(json)) terminal.WriteJson(recording);
            else
                terminal.WriteLine(
                    $"{target}: {recording.Seconds:0.000} s, {recording.Channels} ch, {recording.SampleRate:G10} Hz, "
                    + $"from {recording.Format} with {RecordingInspection.Samples(recording)}");
        });
    }
}
