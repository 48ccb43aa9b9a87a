using System.CommandLine;
using MusicPipeline.Audio.Features;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Reports.Charts;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music mel IN OUT.(png|npy)</c>.</summary>
internal sealed class MelCommand : MusicCommand
{
    private readonly Terminal _terminal;
    private readonly Argument<string> _input = new("IN")
    {
        Description = $"The recording: {RecordingFormat.Names}",
    };

    private readonly Argument<string> _output = new("OUT.png|OUT.npy")
    {
        Description = "A picture, or an array of float32: dB, bands x frames, unless told otherwise",
    };

    private readonly Option<string> _rate = new("--rate")
    {
        Description = "Analyse at this rate in Hz (22050 as librosa does), or at the recording's own (native)",
        HelpName = "22050|native",
        DefaultValueFactory = _ => "22050",
    };

    private readonly Option<bool> _power = new("--power") { Description = "Write power instead of dB (.npy)" };
    private readonly Option<bool> _mfcc = new("--mfcc") { Description = "Write 20 MFCC x frames instead (.npy)" };
    private readonly Option<bool> _json = new("--json") { Description = "Print what was written as JSON for scripts" };

    /// <summary>Declares the command.</summary>
    public MelCommand(Terminal terminal)
        : base(
            "mel",
            "Compute a recording's mel spectrogram (librosa's definition, fmax 8000 Hz): a picture or an array.",
            "mel samples/Cello.mf.Ab3Bb3.aiff cello.png",
            "mel samples/Cello.mf.Ab3Bb3.aiff cello.npy --rate native",
            "mel samples/Cello.mf.Ab3Bb3.aiff cello-mfcc.npy --mfcc")
    {
        _terminal = terminal;
        Add(_input);
        Add(_output);
        Add(_rate);
        Add(_power);
        Add(_mfcc);
        Add(_json);
        SetAction(RunAsync);
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (source, target) = (parsed.GetRequiredValue(_input), parsed.GetRequiredValue(_output));
        var (power, mfcc) = (parsed.GetValue(_power), parsed.GetValue(_mfcc));
        var isPicture = IsPicture(target);
        if (power && mfcc) throw new InputException("--power and --mfcc exclude each other", "choose one");
        if (isPicture && (power || mfcc))
            throw new InputException("a picture always shows dB", $"write an .npy file with {(power ? "--power" : "--mfcc")}", target);

        var rate = Rate(parsed.GetRequiredValue(_rate));
        var mel = await InputFile.ReadAsync(
            source, recording => Task.Run(() => Analyse(source, recording, rate, cancellation), cancellation));
        if (!power) mel = Decibels.FromPower(mel);
        var (values, rows) = mfcc ? Coefficients(mel) : (mel.Values, mel.Bands);
        await OutputFile.WriteAsync(target, async file =>
        {
            if (isPicture) await file.WriteAsync(MelPicture.Draw(mel, Path.GetFileName(source)).Png, cancellation);
            else await NpyWriter.WriteAsync<float>(file, values, [rows, mel.Frames], cancellation);
            return file.Length;
        });

        var quantity = (power, mfcc) switch { (true, _) => "power", (_, true) => "MFCC", _ => "dB" };
        if (parsed.GetValue(_json))
            _terminal.WriteJson(
                new { File = target, Quantity = quantity, Rows = rows, mel.Frames, mel.SampleRate, mel.HopLength, mel.MaxFrequency });
        else
            _terminal.WriteLine(
                $"{target}: {quantity}, {rows} x {mel.Frames}, {mel.SampleRate:G10} Hz, {1000 * mel.SecondsPerFrame:0.##} ms a frame");
    }

    private MelSpectrogram Analyse(string name, Stream recording, double? rate, CancellationToken cancellation)
    {
        foreach (var warning in Recording.Inspect(recording).Warnings) _terminal.Complain($"{name}: warning: {warning}");
        return AudioFeatures.MelPower(recording, rate, cancellationToken: cancellation);
    }

    private static (float[] Values, int Rows) Coefficients(MelSpectrogram decibels)
    {
        var values = Mfcc.FromDecibels(decibels);
        return (values, values.Length / decibels.Frames);
    }

    private static bool IsPicture(string target) => Path.GetExtension(target).ToLowerInvariant() switch
    {
        ".png" => true,
        ".npy" => false,
        _ => throw new InputException(
            "only pictures and arrays are written", "let its name end in .png or .npy", target, InputErrorKind.UnsupportedType),
    };

    private static double? Rate(string text)
    {
        if (text == "native") return null;
        return double.TryParse(text, out var rate) && rate is >= 1000 and <= 768_000
            ? rate
            : throw new InputException($"--rate {text} is no sample rate", "write 1000 to 768000 (Hz) or native");
    }
}
