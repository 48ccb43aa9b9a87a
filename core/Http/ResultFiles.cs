using MusicPipeline.Collections;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;
using MusicPipeline.Uploads;

namespace MusicPipeline.Http;

/// <summary>
/// Hands out the files of results, under the paths that they have in storage and in <c>out/</c>, so that a link from one
/// to another works in all three. Only the names listed here are handed out; what the pipeline keeps for itself is not.
/// </summary>
public sealed class ResultFiles(IArtifactStore store)
{
    private const string ChartEnding = ".png";

    /// <summary>The files of a sweep, beside its charts.</summary>
    public static IReadOnlyList<string> OfSweep { get; } =
        [
            SweepFiles.Sweep, SweepFiles.ReportHtml, SweepFiles.ReportMarkdown, SweepFiles.Trials, SweepFiles.Histories,
            SweepFiles.BestModel, SweepFiles.Classifier,
        ];

    /// <summary>The files of a trial.</summary>
    public static IReadOnlyList<string> OfTrial { get; } = [SweepFiles.Trial, SweepFiles.History, SweepFiles.Model];

    /// <summary>The files of a baseline.</summary>
    public static IReadOnlyList<string> OfBaseline { get; } = [SweepFiles.Baseline];

    /// <summary>The files of a data set's version.</summary>
    public static IReadOnlyList<string> OfDataset { get; } =
        [
            DatasetFiles.Info, DatasetFiles.Scaler, DatasetFiles.TrainData, DatasetFiles.TrainLabels, DatasetFiles.TestData,
            DatasetFiles.TestLabels, DatasetFiles.TrainGroups, DatasetFiles.TestGroups,
        ];

    /// <summary>The files of a collection.</summary>
    public static IReadOnlyList<string> OfCollection => CollectionFiles.Public;

    /// <summary>Opens a file of a sweep.</summary>
    /// <exception cref="InputException">There is no such sweep or file, or the sweep has not got that far (a conflict).</exception>
    public async Task<ResultFile> OpenSweepAsync(string id, string file, CancellationToken cancellationToken = default)
    {
        Check(file, OfSweep, "a sweep");
        if (await FindAsync(id, BlobPaths.Sweep(id, file), cancellationToken) is { } found) return found;
        var document = await store.GetSweepAsync(id, cancellationToken);
        throw new InputException(
            $"the sweep '{id}' is {document.State.ToString().ToLowerInvariant()} and has no {file}",
            document.State switch
            {
                var state when !state.IsEnded() => "ask again when it has completed",
                _ when file == SweepFiles.BestModel => "no trial of it completed; its report says why",
                _ when file == SweepFiles.Classifier => "only sweeps on the data set of a collection have one",
                _ => "start it again; its trials are on record",
            },
            kind: InputErrorKind.Conflict);
    }

    /// <summary>Opens a picture of a sweep's report.</summary>
    /// <exception cref="InputException">There is no such sweep or picture.</exception>
    public async Task<ResultFile> OpenChartAsync(string id, string chart, CancellationToken cancellationToken = default)
    {
        if (IsChart(chart) && await FindAsync(id, BlobPaths.Sweep(id, $"charts/{chart}"), cancellationToken) is { } found) return found;
        await store.GetSweepAsync(id, cancellationToken);
        throw Missing($"the sweep '{id}' has no chart '{chart}'", "see its report for those that it has");
    }

    /// <summary>Opens a file of a trial.</summary>
    /// <exception cref="InputException">There is no such trial or file.</exception>
    public Task<ResultFile> OpenTrialAsync(string id, string file, CancellationToken cancellationToken = default)
    {
        Check(file, OfTrial, "a trial");
        return OpenAsync(id, BlobPaths.Trial(id, file), "trial", cancellationToken);
    }

    /// <summary>Opens a file of a baseline.</summary>
    /// <exception cref="InputException">There is no such baseline or file.</exception>
    public Task<ResultFile> OpenBaselineAsync(string id, string file, CancellationToken cancellationToken = default)
    {
        Check(file, OfBaseline, "a baseline");
        return OpenAsync(id, BlobPaths.Baseline(id, file), "baseline", cancellationToken);
    }

    /// <summary>Opens a file of a data set's version.</summary>
    /// <exception cref="InputException">There is no such data set, version or file.</exception>
    public async Task<ResultFile> OpenDatasetAsync(string name, string version, string file, CancellationToken cancellationToken = default)
    {
        Check(file, OfDataset, "a data set");
        var isName = DatasetFileName.Fault(name) is null && TrialId.CanBeId(version);
        return (isName ? await FindAsync(name, BlobPaths.Dataset(name, version, file), cancellationToken) : null)
            ?? throw Missing($"the data set '{name}' has no version '{version}' on record", "see /api/datasets for those that there are");
    }

    /// <summary>Opens a file of a collection.</summary>
    /// <exception cref="InputException">There is no such collection or file, or it was never collected.</exception>
    public async Task<ResultFile> OpenCollectionAsync(string name, string file, CancellationToken cancellationToken = default)
    {
        Check(file, OfCollection, "a collection");
        return (DatasetFileName.Fault(name) is null ? await OpenAsync(BlobPaths.Collection(name, file), name, cancellationToken) : null)
            ?? throw Missing($"there is no collection '{name}' that was collected", "see /api/collections for those that there are");
    }

    /// <summary>Opens a recording of a collection as browsers play it: AIFF as WAV, whatever else as it was uploaded.</summary>
    /// <exception cref="InputException">There is no such recording, or it cannot be read (a conflict).</exception>
    public async Task<ResultFile> OpenRecordingAsync(
        string collection, string label, string file, CancellationToken cancellationToken = default)
    {
        var name = RecordingName.Of(collection, label, file);
        while (await OpenAsync(name.Upload, collection, cancellationToken) is { } upload)
        {
            try
            {
                return await PlayableRecording.OfAsync(upload, name.InCollection, cancellationToken);
            }
            catch (BlobChangedException)
            {
                // Replaced in between; what is there now is handed out.
            }
        }

        throw Missing(
            $"the collection '{collection}' has no recording '{name.InCollection}'", "name it <label>/<file>, as it was uploaded");
    }

    /// <summary>
    /// Opens a file of a recording; null where the path, such as <c>cello.aiff/audio.wav</c>, is not one of a file that is there.
    /// </summary>
    public async Task<ResultFile?> FindAudioAsync(string path, CancellationToken cancellationToken = default)
    {
        if (AudioFiles.Split(path) is not var (name, file)) return null;
        foreach (var spelling in AudioCatalog.Spellings(name))
        {
            if (await OpenAsync(BlobPaths.Audio(spelling, file), spelling.Split('/')[^1], cancellationToken) is { } found) return found;
        }

        return null;
    }

    // A slash would lead to another folder, in whatever way it is written.
    private static bool IsChart(string name) =>
        name.EndsWith(ChartEnding, StringComparison.Ordinal)
        && name[..^ChartEnding.Length].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static void Check(string file, IReadOnlyList<string> files, string owner)
    {
        if (!files.Contains(file, StringComparer.Ordinal))
            throw Missing($"{owner} has no file '{file}'", $"ask for one of {string.Join(", ", files)}");
    }

    private static InputException Missing(string problem, string remedy) => new(problem, remedy, kind: InputErrorKind.NotFound);

    private async Task<ResultFile> OpenAsync(string id, BlobPath path, string kind, CancellationToken cancellationToken) =>
        await FindAsync(id, path, cancellationToken) ?? throw Missing($"there is no {kind} '{id}' on record", "see the sweep that has it");

    private async Task<ResultFile?> FindAsync(string owner, BlobPath path, CancellationToken cancellationToken) =>
        path.Container == Containers.Datasets || TrialId.CanBeId(owner) ? await OpenAsync(path, owner, cancellationToken) : null;

    private async Task<ResultFile?> OpenAsync(BlobPath path, string owner, CancellationToken cancellationToken)
    {
        while (await store.FindAsync(path, cancellationToken) is { } entry)
        {
            try
            {
                var content = await store.OpenReadAsync(entry, cancellationToken);
                var file = path.Name.Split('/')[^1];
                return new ResultFile(content, ContentTypes.Of(file), entry.ETag, IsSaved(file) ? $"{owner}-{file}" : null);
            }
            catch (BlobChangedException)
            {
                // Written again in between; what is there now is handed out.
            }
        }

        return null;
    }

    private static bool IsSaved(string file) => Path.GetExtension(file) is ".onnx" or ".npy" or ".csv";
}
