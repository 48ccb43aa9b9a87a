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

        try
        {
            var name = DatasetFileName.Parse(file).Dataset;
            while (true)
            {
                if (await IngestAsync(name, cancellationToken) is { } result) return result;
            }
        }
        catch (InputException exception)
        {
            Log.Rejected(logger, upload.ToString(), exception.Message);
            return await RejectAsync(entry, exception, cancellationToken);
        }
    }

    /// <summary>Null where an array was replaced while it was being read: look again.</summary>
    private async Task<UploadResult?> IngestAsync(string name, CancellationToken cancellationToken)
    {
        var files = DatasetFileName.Expected(name);
        var uploads = await FindAllAsync(files, cancellationToken);
        if (uploads.Count < files.Length)
        {
            var missing = files.Where(file => !uploads.ContainsKey(file));
            return new UploadResult(UploadOutcome.WaitingForOthers, $"{name} waits for {string.Join(", ", missing)}.");
        }

        var etags = uploads.ToDictionary(pair => pair.Key, pair => pair.Value.ETag);
        if (await datasets.FindCurrentAsync(name, cancellationToken) is { } current && Same(current.Uploads, etags))
            return new UploadResult(UploadOutcome.AlreadyProcessed, $"{name} is at version {current.Version} already.");

        try
        {
            DatasetUpload Upload(DatasetRole role)
            {
                var entry = uploads[new DatasetFileName(name, role).ToString()];
                return new DatasetUpload(entry.Path.Name, token => store.OpenReadAsync(entry.Path, token), entry.Length);
            }

            var dataset = await DatasetBuilder.BuildAsync(
                name,
                new DatasetUploads(
                    Upload(DatasetRole.TrainData),
                    Upload(DatasetRole.TrainLabels),
                    Upload(DatasetRole.TestData),
                    Upload(DatasetRole.TestLabels)),
                cancellationToken);
            await datasets.SaveAsync(dataset, etags, cancellationToken);
            var now = await FindAllAsync(files, cancellationToken);
            if (!Same(now.ToDictionary(pair => pair.Key, pair => pair.Value.ETag), etags)) return null;
            foreach (var file in files) await rejections.ClearAsync(BlobPaths.DatasetUpload(file), cancellationToken);
            Log.Ingested(logger, name, dataset.Info.Version, dataset.Info.Train.Rows, dataset.Info.Test.Rows);
            return new UploadResult(
                UploadOutcome.Processed,
                $"{name} is at version {dataset.Info.Version}: {dataset.Info.Train.Rows} training and "
                + $"{dataset.Info.Test.Rows} test rows of {dataset.Info.Features} features, {dataset.Info.Classes.Length} classes.");
        }
        catch (Exception exception) when (exception is BlobChangedException or FileNotFoundException)
        {
            return null;
        }
    }

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
        if (exception.Subject is { } subject && subject != upload.Path.Name
            && await store.FindAsync(BlobPaths.DatasetUpload(subject), cancellationToken) is { } other)
        {
            await rejections.WriteAsync(other.Path, other.ETag, exception, cancellationToken);
        }

        return await rejections.WriteAsync(upload.Path, upload.ETag, exception, cancellationToken);
    }

    private static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var etag) && etag == pair.Value);
}
