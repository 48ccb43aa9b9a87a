using System.CommandLine;
using System.Text.Json;
using MusicPipeline.Json;
using MusicPipeline.Local.Bench;
using MusicPipeline.Local.Cli;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music bench</c>: measures this machine and writes <c>out/bench.json</c>.</summary>
internal sealed class BenchCommand : MusicCommand
{
    private const string Pipeline = "pipeline", Training = "training", Audio = "audio";

    /// <summary>Declares the command.</summary>
    public BenchCommand(Terminal terminal)
        : base(
            "bench",
            "Measure training, storage and audio on this machine, in about two minutes.",
            "bench",
            "bench training")
    {
        var parts = new Argument<string[]>("PART")
        {
            Description = $"{Training}, {Pipeline} or {Audio}; all of them where none is named",
            Arity = ArgumentArity.ZeroOrMore,
        };
        parts.AcceptOnlyFromAmong(Pipeline, Training, Audio);
        var json = new Option<bool>("--json") { Description = "Print JSON for scripts" };
        Add(parts);
        Add(json);
        SetAction((parsed, cancellation) =>
            RunAsync(
                terminal,
                parsed.GetValue(parts) is { Length: > 0 } some ? some : [Pipeline, Training, Audio],
                parsed.GetValue(json),
                cancellation));
    }

    private static async Task<int> RunAsync(Terminal terminal, string[] parts, bool json, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("music-bench-").FullName;
        try
        {
            var figures = new List<BenchFigure>();
            var peak = 0.0;
            // The pipeline first: the peak of its memory is the process's.
            if (parts.Contains(Pipeline)) figures.AddRange(await new PipelineBench(terminal).RunAsync(folder, cancellation));
            if (parts.Contains(Training))
            {
                terminal.Say("Training the lab's shape on one core ...");
                (peak, var training) = await Task.Run(() => TrainingBench.Run(cancellation), cancellation);
                figures.AddRange(training);
            }

            if (parts.Contains(Audio))
            {
                terminal.Say("Converting and analysing long recordings ...");
                figures.AddRange(await AudioBench.RunAsync(folder, cancellation));
            }

            if (peak == 0) peak = MusicPipeline.Training.Cpu.FmaPeak.Measure();
            var report = new BenchReport(TimeProvider.System.GetUtcNow(), Machine.Processor, Machine.VectorBits, peak, figures);
            await SaveAsync(report, cancellation);
            if (json) terminal.WriteJson(report);
            else report.Write(terminal);
            return ExitCodes.Success;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task SaveAsync(BenchReport report, CancellationToken cancellation)
    {
        var path = Path.Combine(RepositoryFolder.Find(), "out", "bench.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return OutputFile.WriteAsync(path, async stream =>
        {
            await JsonSerializer.SerializeAsync(stream, report, PipelineJson.Options, cancellation);
            return report;
        });
    }
}
