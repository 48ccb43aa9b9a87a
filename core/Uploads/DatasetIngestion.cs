using Microsoft.Extensions.Logging;
using MusicPipeline.Datasets;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>Makes a new version of a data set whenever its four arrays fit together.</summary>
public sealed class DatasetIngestion(
    IArtifactStore store, DatasetStore datasets, Rejections rejections, ILogger<DatasetIngestion> logger)
{
    /// <summary>
    /// Looks at the data set that the upload belongs to. May be called again, and by several at once: each makes the
    /// same version of the same arrays, and the last upload wins.
    /// </summary>
    public async Task<UploadResult> RunAsync(string file, CancellationToken cancellationToken = default)
    {
        var upload = BlobPaths.DatasetUpload(file);
        if (await store.FindAsync(upload, cancellationToken) is not { Length: > 0 } entry)
            return new UploadResult(UploadOutcome.Ignored, $"{file} is empty or gone.");

        string name;
        try
        {
            name = DatasetFileName.Parse(file).Dataset;
        }
        catch (InputException exception)
        {
            return await RejectAsync(entry, exception, cancellationToken);
        }

        var files = DatasetFileName.Expected(name);
        while (true)
        {
            var uploads = await FindAllAsync(files, cancellationToken);
            var result = await TryRunAsync(name, uploads.GetValueOrDefault(file) ?? entry, uploads, cancellationToken);
            // What was found out holds for the versions that were looked at; others may be there by now.
            if (result is not null && Same(ETags(uploads), ETags(await FindAllAsync(files, cancellationToken)))) return result;
        }
    }

    /// <summary>Null where an array was replaced while it was being read.</summary>
    private async Task<UploadResult?> TryRunAsync(
        string name, BlobEntry upload, Dictionary<string, BlobEntry> uploads, CancellationToken cancellationToken)
    {
        try
        {
            return await IngestAsync(name, uploads, cancellationToken);
        }
        catch (BlobChangedException)
        {
            return null;
        }
        catch (InputException exception)
        {
            return await RejectAsync(upload, exception, cancellationToken);
        }
    }

    private async Task<UploadResult> IngestAsync(
        string name, Dictionary<string, BlobEntry> uploads, CancellationToken cancellationToken)
    {
        var missing = DatasetFileName.Expected(name).Where(file => !uploads.ContainsKey(file)).ToArray();
        if (missing.Length > 0)
            return new UploadResult(UploadOutcome.WaitingForOthers, $"{name} waits for {string.Join(", ", missing)}.");

        var current = await datasets.FindCurrentAsync(name, cancellationToken);
        if (current is not null && Same(current.Uploads, ETags(uploads)))
        {
            await ClearAsync(uploads, cancellationToken);
            return new UploadResult(UploadOutcome.AlreadyProcessed, $"{name} is at version {current.Version} already.");
        }

        var dataset = await DatasetBuilder.BuildAsync(
            name,
            new DatasetUploads(
                Upload(DatasetRole.TrainData),
                Upload(DatasetRole.TrainLabels),
                Upload(DatasetRole.TestData),
                Upload(DatasetRole.TestLabels)),
            cancellationToken);
        await datasets.SaveAsync(dataset, ETags(uploads), cancellationToken);
        await ClearAsync(uploads, cancellationToken);
        var info = dataset.Info;
        Log.Ingested(logger, name, info.Version, info.Train.Rows, info.Test.Rows);
        return new UploadResult(
            UploadOutcome.Processed,
            $"{name} is at version {info.Version}: {info.Train.Rows} training and {info.Test.Rows} test rows of "
            + $"{info.Features} features, {info.Classes.Length} classes.");

        DatasetUpload Upload(DatasetRole role)
        {
            var entry = uploads[new DatasetFileName(name, role).ToString()];
            return new DatasetUpload(entry.Path.Name, token => UploadReader.OpenAsync(store, entry.Path, token), entry.Length);
        }
    }

    private Task ClearAsync(Dictionary<string, BlobEntry> uploads, CancellationToken cancellationToken) =>
        Task.WhenAll(uploads.Values.Select(entry => rejections.ClearAsync(entry.Path, cancellationToken)));

    private async Task<Dictionary<string, BlobEntry>> FindAllAsync(
        string[] files, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(files.Select(file => store.FindAsync(BlobPaths.DatasetUpload(file), cancellationToken)));
        return found.Where(entry => entry is { Length: > 0 }).ToDictionary(entry => entry!.Path.Name, entry => entry!);
    }

    /// <summary>Writes the rejection where the fault is: at the array that the error names, else at the upload.</summary>
    private async Task<UploadResult> RejectAsync(
        BlobEntry upload, InputException exception, CancellationToken cancellationToken)
    {
        Log.Rejected(logger, upload.Path.ToString(), exception.Message);
        if (exception.Subject is { } subject && subject != upload.Path.Name
            && await store.FindAsync(BlobPaths.DatasetUpload(subject), cancellationToken) is { } other)
        {
            await rejections.WriteAsync(other.Path, other.ETag, exception, cancellationToken);
        }

        return await rejections.WriteAsync(upload.Path, upload.ETag, exception, cancellationToken);
    }

    private static Dictionary<string, string> ETags(Dictionary<string, BlobEntry> uploads) =>
        uploads.ToDictionary(pair => pair.Key, pair => pair.Value.ETag);

    private static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var etag) && etag == pair.Value);
}
