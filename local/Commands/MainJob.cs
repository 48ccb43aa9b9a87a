using System.Collections.Concurrent;
using System.Diagnostics;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Collections;
using MusicPipeline.Data;
using MusicPipeline.Hosting;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Downloading;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Progress;
using MusicPipeline.Local.Uploading;
using MusicPipeline.Local.Watching;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Commands;

/// <summary>What <c>./run</c> does without a command: the samples through the whole pipeline, and the results to <c>out/</c>.</summary>
internal sealed class MainJob(Terminal terminal, OutputFolder output, DeviceSetting? device)
{
    /// <summary>Runs it.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var observed = new ObservedTrials();
        await using var pipeline = await LocalPipeline.OpenAsync(terminal, cancellationToken, observed, device: device);
        terminal.Say($"Storage: {pipeline.Account}");

        var samples = pipeline.Get<SampleUploads>().List();
        var (_, _, count, changed) = await pipeline.Get<SampleUploads>().UploadAsync(cancellationToken);
        terminal.Say(Uploaded(changed, count));
        var processed = await ProcessAsync(pipeline, cancellationToken);
        var labels = new SampleLabels(terminal, pipeline, observed);
        var (notes, classified) = await labels.RunAsync(
            samples.Where(sample => sample.Target.Container == Containers.AudioUploads).Select(sample => sample.File), cancellationToken);
        terminal.Say("Sweep: the lab's learning rates and hidden sizes");
        var request = new SweepRequest { Dataset = SampleUploads.Dataset, Preset = Presets.Lab };
        var sweep = await new WatchedSweep(terminal, pipeline, observed).RunAsync(request, cancellationToken);
        var download = pipeline.Get<ResultDownload>();
        var results = new List<BlobPath>(await download.OfSweepAsync(sweep.Id, cancellationToken));
        results.AddRange(await download.OfSweepAsync(notes.Id, cancellationToken));
        results.Add(BlobPaths.Collection(SampleUploads.Collection, CollectionFiles.ReportHtml));
        foreach (var upload in samples.Select(sample => sample.Target).Concat(processed).Distinct())
            results.AddRange(await download.OfUploadAsync(upload, cancellationToken));
        var files = await download.RunAsync(output.FullPath, results, cancellationToken);

        SweepTable.Write(terminal, sweep);
        if (sweep.Counts is { } counts) terminal.WriteLine(WatchedSweep.Origin(counts));
        if (sweep.Best is { } best)
            terminal.WriteLine($"Best: {SweepProgressView.Describe(best.Parameters)}, {BestText.Of(best)}.");
        labels.Write(classified);
        WriteWhereToLook(sweep, notes, samples, files, clock.Elapsed);
        return WatchedSweep.Conclude(terminal, sweep);
    }

    /// <summary>How many of the samples were uploaded; the others are there already.</summary>
    public static string Uploaded(int changed, int samples) => (changed, samples) switch
    {
        (0, 1) => "Upload: the only sample is there already",
        (0, _) => $"Upload: all {samples} samples are there already",
        _ => $"Upload: {changed} of {Counted.Of(samples, "sample")}",
    };

    /// <summary>How many recordings and data sets an earlier run processed.</summary>
    public static string ProcessedBefore(int uploads) => uploads == 1
        ? "1 recording or data set was converted or ingested before"
        : $"{uploads} recordings and data sets were converted and ingested before";

    /// <summary>Processes what is new; the uploads of which anything came.</summary>
    private async Task<IReadOnlyList<BlobPath>> ProcessAsync(LocalPipeline pipeline, CancellationToken cancellationToken)
    {
        var results = new ConcurrentDictionary<BlobPath, UploadResult>();
        await pipeline.Get<UploadPass>().RunAsync((upload, result) => results[upload] = result, cancellationToken);
        foreach (var result in results.Values.Where(result => result.Outcome is UploadOutcome.Processed).OrderBy(result => result.Message))
            terminal.Say($"  {result.Message}");
        foreach (var result in results.Values.Where(result => result.Outcome is UploadOutcome.Rejected).OrderBy(result => result.Message))
            terminal.Complain(result.Message);
        var before = results
            .Where(pair => pair.Value.Outcome is UploadOutcome.Processed or UploadOutcome.AlreadyProcessed)
            .GroupBy(pair => Subject(pair.Key))
            .Count(uploads => uploads.All(pair => pair.Value.Outcome is UploadOutcome.AlreadyProcessed));
        if (before > 0) terminal.Say($"  {ProcessedBefore(before)}");
        return [.. results.Where(pair => pair.Value.Outcome is UploadOutcome.Processed or UploadOutcome.Rejected).Select(pair => pair.Key)];
    }

    /// <summary>What an upload is a part of: a data set of four arrays, or a recording.</summary>
    private static BlobPath Subject(BlobPath upload) =>
        upload.Container == Containers.DatasetUploads ? upload with { Name = DatasetFileName.Parse(upload.Name).Dataset } : upload;

    private void WriteWhereToLook(SweepView sweep, SweepView notes, IEnumerable<Sample> samples, int files, TimeSpan elapsed)
    {
        var model = output.Show($"sweeps/{sweep.Id}/best.onnx");
        var classifier = output.Show($"sweeps/{notes.Id}/best.onnx");
        List<(string File, string What)> places =
        [
            (output.Show($"sweeps/{sweep.Id}/report.html"), "the comparison, with every chart"),
            (model, $"the best model: ./run predict {model} samples/notes_test_data.npy"),
            (output.Show($"sweeps/{notes.Id}/report.html"), "how well instruments are told apart, by note and by recording"),
            (classifier, $"says what plays: ./run classify {classifier} my-recording.aiff"),
        ];
        if (samples.FirstOrDefault(sample => sample.Target.Container == Containers.AudioUploads) is { } recording)
            places.Add((output.Show($"audio/{recording.Target.Name}/index.html"), "a recording with its mel spectrogram"));
        var width = places.Max(place => place.File.Length);
        terminal.WriteLine("");
        terminal.WriteLine($"{Counted.Of(files, "file")} copied to {output.Shown} in {elapsed.TotalSeconds:F1} s. Look first at");
        foreach (var (file, what) in places) terminal.WriteLine($"  {file.PadRight(width)}  {what}");
    }
}
