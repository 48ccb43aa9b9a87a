using Microsoft.Extensions.Logging;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>
/// Judges each array of a data set as it arrives, and makes a new version of the data set whenever its four arrays fit together.
/// One at a time in this process: the four arrays of a data set come together, the first makes the version, and the others find it made.
/// </summary>
public sealed class DatasetIngestion(
    IArtifactStore store, DatasetStore datasets, Rejections rejections, ILogger<DatasetIngestion> logger)
    : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>
    /// Looks at the data set that the upload belongs to. May be called again, and by several at once: each makes the
    /// same version of the same arrays, and the last upload wins.
    /// </summary>
    public async Task<UploadResult> RunAsync(string file, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await RunAloneAsync(file, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<UploadResult> RunAloneAsync(string file, CancellationToken cancellationToken)
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
            return await RejectAsync(entry, exception, [], cancellationToken);
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
            return await IngestAsync(name, upload, uploads, cancellationToken);
        }
        catch (BlobChangedException)
        {
            return null;
        }
    }

    private async Task<UploadResult> IngestAsync(
        string name, BlobEntry upload, Dictionary<string, BlobEntry> uploads, CancellationToken cancellationToken)
    {
        HashSet<string> faulty = [];
        if (uploads.Count == DatasetFileName.Roles.Count)
        {
            try
            {
                return await MakeVersionAsync(name, uploads, cancellationToken);
            }
            catch (InputException exception)
            {
                faulty = Files(exception);
                var rejected = await RejectAsync(upload, exception, uploads, cancellationToken);
                if (faulty.Contains(upload.Path.Name)) return rejected;
            }
        }

        // An array is judged as it arrives. What was said of the others may have been about the one that it replaces.
        if (await JudgeAsync(name, upload, uploads, cancellationToken) is { } result) return result;
        foreach (var other in uploads.Values.Where(other => other != upload && !faulty.Contains(other.Path.Name)))
        {
            if (await rejections.FindAsync(other.Path, cancellationToken) is not null
                && await JudgeAsync(name, other, uploads, cancellationToken) is not null)
            {
                faulty.Add(other.Path.Name);
            }
        }

        var awaited = DatasetFileName.Expected(name)
            .Where(file => !uploads.ContainsKey(file) || faulty.Contains(file))
            .Select(file => faulty.Contains(file) ? file + " (rejected)" : file);
        return new UploadResult(UploadOutcome.WaitingForOthers, $"{name} waits for {string.Join(", ", awaited)}.");
    }

    private async Task<UploadResult> MakeVersionAsync(
        string name, Dictionary<string, BlobEntry> uploads, CancellationToken cancellationToken)
    {
        if (await datasets.FindCurrentAsync(name, cancellationToken) is { } current
            && Same(current.Uploads, ETags(uploads))
            && await datasets.FindInfoAsync(name, current.Version, cancellationToken) is { } known)
        {
            await ClearAsync(uploads, cancellationToken);
            return new UploadResult(UploadOutcome.AlreadyProcessed, DatasetSentence.Of(known));
        }

        var arrays = Arrays(name, uploads);
        var dataset = await DatasetBuilder.BuildAsync(
            name,
            new DatasetUploads(
                arrays[DatasetRole.TrainData],
                arrays[DatasetRole.TrainLabels],
                arrays[DatasetRole.TestData],
                arrays[DatasetRole.TestLabels]),
            cancellationToken);
        // Before the version: who sees it sees no rejection of its arrays any more.
        await ClearAsync(uploads, cancellationToken);
        await datasets.SaveAsync(dataset, ETags(uploads), cancellationToken);
        var info = dataset.Info;
        Log.Ingested(logger, name, info.Version, info.Train.Rows, info.Test.Rows);
        return new UploadResult(UploadOutcome.Processed, DatasetSentence.Of(info));
    }

    /// <summary>Judges one array by itself and beside those that are there; null, and no rejection any more, where it is well.</summary>
    private async Task<UploadResult?> JudgeAsync(
        string name, BlobEntry upload, Dictionary<string, BlobEntry> uploads, CancellationToken cancellationToken)
    {
        try
        {
            await new DatasetArrayCheck(
                name, Arrays(name, uploads)).RunAsync(DatasetFileName.Parse(upload.Path.Name).Role, cancellationToken);
            await rejections.ClearAsync(upload.Path, cancellationToken);
            return null;
        }
        catch (InputException exception)
        {
            return await RejectAsync(upload, exception, uploads, cancellationToken);
        }
    }

    private Dictionary<DatasetRole, DatasetUpload> Arrays(string name, Dictionary<string, BlobEntry> uploads) => DatasetFileName.Roles
        .Select(role => (Role: role, Entry: uploads.GetValueOrDefault(new DatasetFileName(name, role).ToString())))
        .Where(array => array.Entry is not null)
        .ToDictionary(
            array => array.Role,
            array => new DatasetUpload(
                array.Entry!.Path.Name, token => UploadReader.OpenAsync(store, array.Entry.Path, token), array.Entry.Length));

    private Task ClearAsync(Dictionary<string, BlobEntry> uploads, CancellationToken cancellationToken) =>
        Task.WhenAll(uploads.Values.Select(entry => rejections.ClearAsync(entry.Path, cancellationToken)));

    private async Task<Dictionary<string, BlobEntry>> FindAllAsync(
        string[] files, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(files.Select(file => store.FindAsync(BlobPaths.DatasetUpload(file), cancellationToken)));
        return found.Where(entry => entry is { Length: > 0 }).ToDictionary(entry => entry!.Path.Name, entry => entry!);
    }

    /// <summary>Writes the rejection where the fault is: at the array that the error names, or at both that do not fit.</summary>
    private async Task<UploadResult> RejectAsync(
        BlobEntry upload, InputException exception, Dictionary<string, BlobEntry> uploads, CancellationToken cancellationToken)
    {
        var faulty = Files(exception).Select(uploads.GetValueOrDefault).OfType<BlobEntry>().DefaultIfEmpty(upload);
        var results = new List<UploadResult>();
        foreach (var entry in faulty)
        {
            Log.Rejected(logger, entry.Path.ToString(), exception.Message);
            results.Add(await rejections.WriteAsync(entry.Path, entry.ETag, exception, cancellationToken));
        }

        return results[0];
    }

    /// <summary>The arrays that an error is about.</summary>
    private static HashSet<string> Files(InputException exception) =>
        exception is DatasetMisfitException misfit ? [misfit.Subject!, misfit.Other] : exception.Subject is { } file ? [file] : [];

    private static Dictionary<string, string> ETags(Dictionary<string, BlobEntry> uploads) =>
        uploads.ToDictionary(pair => pair.Key, pair => pair.Value.ETag);

    private static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var etag) && etag == pair.Value);
}
