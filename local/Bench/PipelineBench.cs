using System.Diagnostics;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Commands;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Progress;
using MusicPipeline.Local.Storage;
using MusicPipeline.Local.Uploading;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Bench;

/// <summary>The pipeline as a whole on an Azurite of its own: ingesting the lab's arrays, the lab, and many tiny trials.</summary>
internal sealed class PipelineBench(Terminal terminal)
{
    private const int TinyRates = 40, TinySizes = 25;

    public async Task<IReadOnlyList<BenchFigure>> RunAsync(string folder, CancellationToken cancellation)
    {
        var observed = new ObservedTrials();
        var settings = new StorageSettings(ConnectionString: null, BlobServiceUri: null, ClientId: null, Path.Combine(folder, "azurite"));
        await using var pipeline = await LocalPipeline.OpenAsync(terminal, cancellation, observed, settings);
        return
        [
            .. await LabAsync(pipeline, observed, folder, cancellation),
            await TinyTrialsAsync(pipeline, observed, folder, cancellation),
        ];
    }

    private async Task<IReadOnlyList<BenchFigure>> LabAsync(
        LocalPipeline pipeline, ObservedTrials observed, string folder, CancellationToken cancellation)
    {
        await UploadAsync(
            pipeline, folder, "lab", SyntheticDataset.LabTrainRows, SyntheticDataset.LabTestRows,
            SyntheticDataset.LabFeatures, SyntheticDataset.LabClasses, cancellation);
        GC.Collect();
        var clock = Stopwatch.StartNew();
        var result = await pipeline.Get<DatasetIngestion>().RunAsync("lab_train_data.npy", cancellation);
        var ingest = clock.Elapsed;
        if (result.Outcome != UploadOutcome.Processed) throw new InvalidOperationException(result.Message);

        clock.Restart();
        var request = new SweepRequest { Dataset = "lab", Preset = Presets.Lab };
        var sweep = await new WatchedSweep(terminal, pipeline, observed).RunAsync(request, cancellation);
        var lab = clock.Elapsed;
        var epochs = sweep.Trials.Sum(trial => trial.Epoch);
        return
        [
            new BenchFigure("ingest the lab's arrays from Azurite", ingest.TotalSeconds, "s", "2 or less", "1 run, the first"),
            new BenchFigure(
                "the whole lab, 450 epochs", lab.TotalSeconds, "s", "30 or less on 2 idle cores",
                $"1 run, {sweep.Trials.Count} trials, {epochs} epochs, with storage, charts and report"),
            new BenchFigure(
                "peak memory of that", Machine.PeakMegabytes, "MB", "under 500", "this process, arrays generated beside it included"),
        ];
    }

    private async Task<BenchFigure> TinyTrialsAsync(
        LocalPipeline pipeline, ObservedTrials observed, string folder, CancellationToken cancellation)
    {
        await UploadAsync(pipeline, folder, "tiny", 64, 16, 4, 2, cancellation);
        await pipeline.Get<DatasetIngestion>().RunAsync("tiny_train_data.npy", cancellation);
        while (observed.Finished.TryRead(out _))
        {
            // What the lab left.
        }

        var request = new SweepRequest
        {
            Dataset = "tiny",
            LearningRates = [.. Enumerable.Range(1, TinyRates).Select(i => i * 0.001)],
            HiddenUnits = [.. Enumerable.Range(1, TinySizes)],
            Epochs = 1,
        };
        var clock = Stopwatch.StartNew();
        var started = await pipeline.Get<SweepService>().StartAsync(request, cancellationToken: cancellation);
        await pipeline.Get<Running.LocalSweepRunner>().WaitAsync(started.Id).WaitAsync(cancellation);
        var wall = clock.Elapsed.TotalSeconds;
        var training = 0.0;
        while (observed.Finished.TryRead(out var line)) training += line.Record.Seconds;
        const int Trials = TinyRates * TinySizes;
        var outside = 1000 * (wall - (training / Environment.ProcessorCount)) / Trials;
        return new BenchFigure(
            "a tiny trial, outside of training", outside, "ms", "under 10",
            $"{Trials} trials in {wall:F1} s, report included");
    }

    private static async Task UploadAsync(
        LocalPipeline pipeline, string folder, string name, int trainRows, int testRows, int features, int classes,
        CancellationToken cancellation)
    {
        var files = await SyntheticDataset.WriteAsync(folder, name, trainRows, testRows, features, classes, cancellation);
        foreach (var file in files) await pipeline.Get<Uploader>().UploadAsync(UploadSource.Parse(file), cancellation);
    }
}
