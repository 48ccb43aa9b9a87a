using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Reports;
using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;

namespace MusicPipeline.Collections;

/// <summary>
/// Makes the data set of a collection of the notes on record, and its report. What it says holds for the recordings that are there when it
/// ends: where others are by then, or it was asked for once more, it says that all is to be done again.
/// </summary>
public sealed class BuildCollectionActivity(IArtifactStore store, DatasetStore datasets, ILogger<BuildCollectionActivity> logger)
{
    private const int ParallelReads = 16;

    /// <summary>Builds it; the same recordings give the same files.</summary>
    /// <returns>Whether it is done; false where it has to be planned anew.</returns>
    /// <exception cref="InputException">The recordings make no data set; the message says why.</exception>
    public async Task<bool> RunAsync(PlannedCollect planned, CancellationToken cancellationToken = default)
    {
        var name = planned.Collection;
        if (await ReadFindingsAsync(planned, cancellationToken) is not { Recordings: var found } record) return false;
        if (!await IsAsListedAsync(name, found, cancellationToken)) return false;
        var (dataset, results) = await MakeAsync(name, record.Method, found, cancellationToken);
        await datasets.SaveAsync(dataset, new Dictionary<string, string>(StringComparer.Ordinal), cancellationToken);
        await store.WriteJsonAsync(BlobPaths.Collection(name, CollectionFiles.Recordings), record, cancellationToken);
        await WriteAsync(store, results, cancellationToken);
        if (!await IsAsListedAsync(name, found, cancellationToken)) return false;
        await ForgetWorkAsync(name, cancellationToken);
        if (!await EndAsync(store, name, planned.Run, planned.Asked, cancellationToken)) return false;
        Log.Collected(logger, name, dataset.Info.Version, dataset.Info.Train.Rows + dataset.Info.Test.Rows);
        return true;
    }

    /// <summary>Writes the report and, last of all, the results.</summary>
    internal static async Task WriteAsync(IArtifactStore store, CollectionResults results, CancellationToken cancellationToken)
    {
        await WriteTextAsync(CollectionFiles.ReportMarkdown, CollectionReport.Markdown(results));
        await WriteTextAsync(CollectionFiles.ReportHtml, CollectionReport.Html(results));
        await store.WriteJsonAsync(BlobPaths.Collection(results.Name, CollectionFiles.Results), results, cancellationToken);

        Task WriteTextAsync(string file, string text) =>
            store.WriteAsync(BlobPaths.Collection(results.Name, file), Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    /// <summary>Puts on record that a run has ended; false where it was asked for again since its recordings were listed.</summary>
    internal static async Task<bool> EndAsync(
        IArtifactStore store, string collection, int run, int asked, CancellationToken cancellationToken)
    {
        var state = await store.UpdateJsonAsync<CollectState>(
            CollectStates.PathOf(collection),
            present => present.Run == run && present.Asked == asked ? present with { IsRunning = false } : present,
            cancellationToken);
        return state is not { IsRunning: true } || state.Run != run;
    }

    /// <summary>
    /// What was found in each recording that is still there; null where a pack is missing, since another worker has ended the plan.
    /// </summary>
    private async Task<RecordingsOnRecord?> ReadFindingsAsync(PlannedCollect planned, CancellationToken cancellationToken)
    {
        if (await PlanCollectActivity.FindAsync(store, planned.Collection, planned.Id, cancellationToken) is not { } plan) return null;
        var packs = new IReadOnlyList<KnownRecording>?[planned.Packs];
        await Parallel.ForAsync(0, packs.Length, Options(cancellationToken), async (pack, token) =>
        {
            var path = FindNotesActivity.PathOf(planned.Collection, planned.Id, pack);
            packs[pack] = await store.TryReadJsonAsync<List<KnownRecording>>(path, token);
        });
        return packs.Contains(null)
            ? null
            : new RecordingsOnRecord(
                plan.Recipe,
                [.. plan.Known.Concat(packs.SelectMany(pack => pack!)).OrderBy(recording => recording.File, StringComparer.Ordinal)],
                plan.Copies);
    }

    private async Task<bool> IsAsListedAsync(
        string name, IReadOnlyList<KnownRecording> found, CancellationToken cancellationToken)
    {
        var listed = await RecordingList.ReadAsync(store, name, cancellationToken);
        return listed.Count == found.Count && found.All(recording => listed.GetValueOrDefault(recording.File) == recording.ETag);
    }

    private async Task<(Dataset Dataset, CollectionResults Results)> MakeAsync(
        string name, CollectMethod method, IReadOnlyList<KnownRecording> found, CancellationToken cancellationToken)
    {
        if (await datasets.FindCurrentAsync(name, cancellationToken) is { Uploads.Count: > 0 })
            throw new InputException(
                "there is a data set of this name that was made of uploaded arrays", "give the collection another name", name,
                InputErrorKind.Conflict);
        var sources = await RecordingSources.ReadAsync(store, name, cancellationToken);
        var (distinct, twins) = CollectionRules.WithoutTwins(name, found.Where(recording => recording.LeftOut is null));
        LeftOutRecording[] leftOut =
        [
            .. found.Where(recording => recording.LeftOut is not null)
                .Select(recording => new LeftOutRecording(recording.File, recording.LeftOut!))
                .Concat(twins)
                .OrderBy(recording => recording.File, StringComparer.Ordinal),
        ];
        var recordings = await ReadNotesAsync(name, method, distinct, sources, cancellationToken);
        string[] labels = [.. recordings.Select(recording => recording.Name.Label).Distinct().Order(StringComparer.Ordinal)];
        recordings = TestRecordings.HoldOut(labels, recordings);
        CollectionRules.Check(name, recordings, labels, leftOut);
        var rows = new CollectedRows(name, method.Recipe, CollectRecipes.Create(method.Recipe).FeatureCount, labels, recordings);
        var dataset = await DatasetBuilder.BuildAsync(name, rows, cancellationToken);
        var parts = CollectionRules.Parts(recordings.GroupBy(recording => recording.Name.Label, StringComparer.Ordinal));
        var results = new CollectionResults(
            name,
            method.Recipe,
            dataset.Info.Version,
            Problem: null,
            parts,
            CollectionRules.Parts(recordings.Where(one => one.Source is not null).GroupBy(one => one.Source!, StringComparer.Ordinal)),
            leftOut,
            [.. PitchRules.Remarks(recordings), .. CollectionRules.Remarks(parts)],
            method.Copies);
        return (dataset, results);
    }

    private async Task<IReadOnlyList<CollectedRecording>> ReadNotesAsync(
        string name,
        CollectMethod method,
        IReadOnlyList<KnownRecording> known,
        RecordingSources sources,
        CancellationToken cancellationToken)
    {
        var recordings = new CollectedRecording[known.Count];
        await Parallel.ForAsync(0, known.Count, Options(cancellationToken), async (index, token) =>
        {
            var path = CollectionFiles.NotesOf(name, known[index].Sha256!, method);
            var notes = await store.TryReadJsonAsync<StoredNotes>(path, token) ?? throw new FileNotFoundException($"{path} is gone.");
            var recording = RecordingName.InFolder(name, known[index].File);
            recordings[index] = new CollectedRecording(
                recording,
                known[index].Sha256!,
                notes.Seconds,
                notes.Spans.Length,
                MemoryMarshal.Cast<byte, float>(notes.Features).ToArray(),
                sources.Of(recording),
                IsTest: false)
            {
                Copies = MemoryMarshal.Cast<byte, float>(notes.Copies).ToArray(),
                WithoutPitch = notes.WithoutPitch,
            };
        });
        return [.. recordings.OrderBy(one => one.Name.Label, StringComparer.Ordinal).ThenBy(one => one.Name.File, StringComparer.Ordinal)];
    }

    private async Task ForgetWorkAsync(string name, CancellationToken cancellationToken)
    {
        var prefix = BlobPaths.Collection(name, CollectionFiles.Work).Name;
        await foreach (var entry in store.ListAsync(Containers.Collections, prefix, cancellationToken))
            await store.DeleteAsync(entry.Path, cancellationToken);
    }

    private static ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
}
