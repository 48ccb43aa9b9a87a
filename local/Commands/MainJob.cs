using System.Collections.Concurrent;
using System.Diagnostics;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Downloading;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Progress;
using MusicPipeline.Local.Uploading;
using MusicPipeline.Local.Watching;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Commands;

/// <summary>What <c>./run</c> does without a command: the samples through the whole pipeline, and the results to <c>out/</c>.</summary>
internal sealed class MainJob(Terminal terminal)
{
    private const string SampleDataset = "notes";

    /// <summary>Runs it.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var repository = RepositoryFolder.Find();
        var output = Path.Combine(repository, "out");
        var board = new TrialBoard();
        await using var pipeline = await LocalPipeline.OpenAsync(terminal, cancellationToken, board);
        terminal.Say($"Storage: {pipeline.Account}");

        await UploadSamplesAsync(pipeline, Path.Combine(repository, "samples"), cancellationToken);
        await ProcessAsync(pipeline, cancellationToken);
        terminal.Say("Sweep: the lab's learning rates and hidden sizes");
        var request = new SweepRequest { Dataset = SampleDataset, Preset = Presets.Lab };
        var sweep = await new SweepRun(terminal, pipeline, board).RunAsync(request, cancellationToken);
        var files = await pipeline.Get<ResultDownload>().RunAsync(output, cancellationToken);

        SweepTable.Write(terminal, sweep);
        WriteWhereToLook(sweep, files, clock.Elapsed);
        return sweep.State == SweepState.Completed && sweep.Counts is { Failed: 0 } ? ExitCodes.Success : ExitCodes.Fault;
    }

    private async Task UploadSamplesAsync(LocalPipeline pipeline, string folder, CancellationToken cancellationToken)
    {
        var uploader = pipeline.Get<Uploader>();
        var samples = Directory.EnumerateFiles(folder)
            .Where(file => Path.GetExtension(file) is ".aiff" or ".npy")
            .Order(StringComparer.Ordinal)
            .ToList();
        var changed = 0;
        foreach (var sample in samples)
        {
            if (await uploader.UploadIfChangedAsync(UploadSource.Parse(sample), cancellationToken)) changed++;
        }

        terminal.Say(changed == 0
            ? $"Upload: all {samples.Count} samples are there already"
            : $"Upload: {changed} of {samples.Count} samples");
    }

    private async Task ProcessAsync(LocalPipeline pipeline, CancellationToken cancellationToken)
    {
        var results = new ConcurrentBag<UploadResult>();
        await pipeline.Get<UploadPass>().RunAsync((_, result) => results.Add(result), cancellationToken);
        foreach (var result in results.Where(result => result.Outcome is UploadOutcome.Processed).OrderBy(result => result.Message))
            terminal.Say($"  {result.Message}");
        foreach (var result in results.Where(result => result.Outcome is UploadOutcome.Rejected))
            terminal.Complain(result.Message);
        var already = results.Count(result => result.Outcome is UploadOutcome.AlreadyProcessed);
        if (already > 0) terminal.Say($"  {already} uploads were converted or ingested before");
    }

    private void WriteWhereToLook(SweepView sweep, int files, TimeSpan elapsed)
    {
        var recording = Path.GetFileName(
            Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Find(), "samples"), "*.aiff").Order(StringComparer.Ordinal).First());
        if (sweep.Counts is { } counts) terminal.WriteLine(SweepRun.Origin(counts));
        if (sweep.Best is { } best)
            terminal.WriteLine($"Best: {SweepProgressView.Describe(best.Parameters)}, validation accuracy {best.ValidationAccuracy:P2}.");
        terminal.WriteLine("");
        terminal.WriteLine($"{files} files copied to out/ in {elapsed.TotalSeconds:F1} s. Look first at");
        terminal.WriteLine($"  out/sweeps/{sweep.Id}/report.html    the comparison, with every chart");
        terminal.WriteLine($"  out/sweeps/{sweep.Id}/best.onnx      the best model: ./run predict out/sweeps/{sweep.Id}/best.onnx samples/notes_test_data.npy");
        terminal.WriteLine($"  out/audio/{recording}/index.html    a recording with its mel spectrogram");
    }
}
