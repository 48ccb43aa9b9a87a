using System.Buffers.Binary;
using System.Diagnostics;
using MusicPipeline.Audio.Features;
using MusicPipeline.Audio.Notes;
using MusicPipeline.Data;

namespace MusicPipeline.Local.Bench;

/// <summary>AIFF to WAV, process against process with ffmpeg where it is installed, the mel spectrogram, and notes.</summary>
internal static class AudioBench
{
    private const int Rate = 44_100;
    private const int Runs = 5;
    private const int ConvertBytes = 300_000_000;
    private const int MelSeconds = 600;

    // Bytes from one note to the next, and of the note itself: 0.74 and 0.59 s.
    private const int NotePeriod = 1 << 17;
    private const int NoteLength = NotePeriod / 5 * 4;

    public static async Task<IReadOnlyList<BenchFigure>> RunAsync(string folder, CancellationToken cancellation)
    {
        var figures = new List<BenchFigure>();
        var aiff = Path.Combine(folder, "bench.aiff");
        await WriteAiffAsync(aiff, ConvertBytes / 4, hasPauses: false, cancellation);
        figures.AddRange(await ConvertAsync(aiff, Path.Combine(folder, "bench.wav"), cancellation));
        File.Delete(aiff);

        await WriteAiffAsync(aiff, Rate * MelSeconds, hasPauses: true, cancellation);
        figures.Add(Mel(aiff, cancellation));
        figures.Add(Notes(aiff, cancellation));
        File.Delete(aiff);
        return figures;
    }

    private static async Task<IReadOnlyList<BenchFigure>> ConvertAsync(string aiff, string wav, CancellationToken cancellation)
    {
        string[] ours = [Environment.ProcessPath!, .. OwnAssembly(), "convert", aiff, wav];
        string[] ffmpeg = ["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-i", aiff, "-c:a", "pcm_s16le", wav];
        var (own, other) = (new List<double>(), new List<double>());
        for (var run = 0; run <= Runs; run++)
        {
            // In turn, and the first pair not counted, so that both find the file in the same state.
            var seconds = await TimeAsync(ours, cancellation) ?? throw new InvalidOperationException("The conversion failed.");
            var compared = await TimeAsync(ffmpeg, cancellation);
            if (run == 0) continue;
            own.Add(seconds);
            if (compared is { } value) other.Add(value);
        }

        File.Delete(wav);
        var note = other.Count == 0
            ? "ffmpeg is not installed here"
            : $"ffmpeg {Samples.Median(other):F3} s ({Samples.Spread(other, "F3")})";
        return
        [
            new BenchFigure(
                "AIFF to WAV, 300 MB, whole process", Samples.Median(own), "s", "no slower than ffmpeg",
                $"{Samples.Spread(own, "F3")}; {note}"),
        ];
    }

    private static BenchFigure Mel(string aiff, CancellationToken cancellation) => Speed(
        aiff, "mel spectrogram at 22,050 Hz, one core", "400 or more",
        file => AudioFeatures.MelPower(file, cancellationToken: cancellation));

    private static BenchFigure Notes(string aiff, CancellationToken cancellation)
    {
        var recipe = NoteRecipe.CreateDefault();
        return Speed(
            aiff, "notes found and described, one core", "300 or more", file => RecordingNotes.Read(file, recipe, cancellation));
    }

    private static BenchFigure Speed(string aiff, string name, string goal, Action<Stream> read)
    {
        var speeds = new List<double>();
        for (var run = 0; run <= Runs; run++)
        {
            using var file = File.OpenRead(aiff);
            var start = Stopwatch.GetTimestamp();
            read(file);
            if (run > 0) speeds.Add(MelSeconds / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return new BenchFigure(
            name, Samples.Median(speeds), "x real time", goal,
            $"{MelSeconds / 60} min of stereo at 44.1 kHz, {Samples.Spread(speeds, "F0")}");
    }

    private static async Task<double?> TimeAsync(string[] command, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(start).TotalSeconds : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // Under the 'dotnet' host the program is its first argument.
    private static string[] OwnAssembly() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(AudioBench).Assembly.Location] : [];

    /// <summary>Stereo noise in 16 bits, with or without pauses that make notes of it.</summary>
    private static async Task WriteAiffAsync(string path, int frames, bool hasPauses, CancellationToken cancellation)
    {
        await using var file = File.Create(path);
        var header = new byte[54];
        "FORM"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), (uint)(46 + (4L * frames)));
        "AIFFCOMM"u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(16), 18);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(20), 2);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(22), (uint)frames);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(26), 16);
        // 44,100 as an 80-bit float: exponent 15, mantissa 44,100 shifted to the top.
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(28), 16383 + 15);
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(30), (ulong)Rate << 48);
        "SSND"u8.CopyTo(header.AsSpan(38));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(42), (uint)(8 + (4L * frames)));
        await file.WriteAsync(header, cancellation);

        var random = new SplitMix64(1);
        var block = new byte[1 << 20];
        for (var left = 4L * frames; left > 0; left -= block.Length)
        {
            for (var at = 0; at < block.Length; at += 8) BinaryPrimitives.WriteUInt64LittleEndian(block.AsSpan(at), random.Next());
            for (var at = NoteLength; hasPauses && at < block.Length; at += NotePeriod) block.AsSpan(at, NotePeriod - NoteLength).Clear();
            await file.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)), cancellation);
        }
    }
}
