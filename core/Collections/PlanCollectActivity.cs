using System.Security.Cryptography;
using System.Text;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Collections;

/// <summary>The recordings that a collecting begins with: <c>work/&lt;id&gt;.json</c>, named by a hash of what is listed.</summary>
/// <param name="Id">That hash.</param>
/// <param name="Recipe">How notes are found.</param>
/// <param name="Known">Recordings that are on record already.</param>
/// <param name="New">Names of the others in the collection's folder.</param>
/// <param name="Copies">Altered copies of each training note; null for none.</param>
public sealed record CollectPlan(
    string Id, string Recipe, IReadOnlyList<KnownRecording> Known, IReadOnlyList<string> New, int? Copies = null)
{
    /// <summary>Recipe and copies.</summary>
    internal CollectMethod Method => new(Recipe, Copies);
}

/// <summary>A plan, as the orchestration sees it.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Run">The run that it is made for.</param>
/// <param name="Asked">How often that run had been asked for when the recordings were listed.</param>
/// <param name="Id">The plan.</param>
/// <param name="Packs">Packs of recordings that are to be read.</param>
public sealed record PlannedCollect(string Collection, int Run, int Asked, string Id, int Packs);

/// <summary>Lists the recordings of a collection and tells those that are on record from those that are to be read.</summary>
public sealed class PlanCollectActivity(IArtifactStore store)
{
    /// <summary>Recordings that one activity reads.</summary>
    public const int PackSize = 8;

    /// <summary>Most recordings of a collection.</summary>
    public const int MaxRecordings = 20_000;

    /// <summary>Writes the plan; the same recordings give the same one.</summary>
    /// <exception cref="InputException">There are no recordings, or too many.</exception>
    public async Task<PlannedCollect> RunAsync(CollectRun run, CancellationToken cancellationToken = default)
    {
        var name = run.Collection;
        var state = await CollectStates.GetAsync(store, name, cancellationToken);
        var listed = await RecordingList.ReadAsync(store, name, cancellationToken);
        if (listed.Count == 0)
            throw new InputException(
                "it has no recordings", $"upload them to {Containers.Recordings}/{name}/<label>/", name, InputErrorKind.NotFound);
        if (listed.Count > MaxRecordings)
            throw new InputException(
                $"it has {listed.Count:N0} recordings, more than {MaxRecordings:N0}", "divide it into several collections", name);
        var known = await KnownAsync(name, state.Method, listed, cancellationToken);
        var names = known.Select(recording => recording.File).ToHashSet(StringComparer.Ordinal);
        string[] unknown = [.. listed.Keys.Where(file => !names.Contains(file))];
        var plan = new CollectPlan(IdOf(state.Method, listed), state.Recipe, known, unknown, state.Copies);
        await store.WriteJsonAsync(PathOf(name, plan.Id), plan, cancellationToken);
        return new PlannedCollect(name, run.Run, state.Asked, plan.Id, (unknown.Length + PackSize - 1) / PackSize);
    }

    /// <summary>A plan, or null where another worker has ended it.</summary>
    internal static Task<CollectPlan?> FindAsync(
        IArtifactStore store, string collection, string id, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<CollectPlan>(PathOf(collection, id), cancellationToken);

    private static BlobPath PathOf(string collection, string id) =>
        BlobPaths.Collection(collection, $"{CollectionFiles.Work}{id}.json");

    /// <summary>
    /// Those that are as they were when they were read, and whose notes are there. What was left out is looked at again, and so is what was
    /// read before pitches were looked for.
    /// </summary>
    private async Task<IReadOnlyList<KnownRecording>> KnownAsync(
        string name, CollectMethod method, SortedDictionary<string, string> listed, CancellationToken cancellationToken)
    {
        var record = await store.TryReadJsonAsync<RecordingsOnRecord>(
            BlobPaths.Collection(name, CollectionFiles.Recordings), cancellationToken);
        if (record?.Method != method) return [];
        var notes = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var entry in store.ListAsync(
            Containers.Collections, BlobPaths.Collection(name, CollectionFiles.Notes).Name, cancellationToken))
        {
            notes.Add(entry.Path.Name);
        }

        return
        [
            .. record.Recordings.Where(recording =>
                recording is { LeftOut: null, Sha256: { } hash, WithoutPitch: not null }
                && listed.GetValueOrDefault(recording.File) == recording.ETag
                && notes.Contains(CollectionFiles.NotesOf(name, hash, method).Name)),
        ];
    }

    private static string IdOf(CollectMethod method, SortedDictionary<string, string> listed)
    {
        var how = method.Copies is { } copies ? $"{method.Recipe} {copies}" : method.Recipe;
        var text = how + "\n" + string.Join('\n', listed.Select(pair => $"{pair.Key}\t{pair.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}

/// <summary>What lies in a collection's folder.</summary>
internal static class RecordingList
{
    /// <summary>ETag of each recording by its name in the folder, in the order of names; <c>sources.json</c> is none.</summary>
    public static async Task<SortedDictionary<string, string>> ReadAsync(
        IArtifactStore store, string collection, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var prefix = collection + "/";
        await foreach (var entry in store.ListAsync(Containers.Recordings, prefix, cancellationToken))
        {
            var file = entry.Path.Name[prefix.Length..];
            // An empty blob is an upload that has only begun, or the mark of a folder.
            if (entry.Length > 0 && file != RecordingName.SourcesFile) files[file] = entry.ETag;
        }

        return files;
    }
}

/// <summary>Reads whether a collection is being collected.</summary>
internal static class CollectStates
{
    public static BlobPath PathOf(string collection) => BlobPaths.Collection(collection, CollectionFiles.State);

    public static async Task<CollectState> GetAsync(IArtifactStore store, string collection, CancellationToken cancellationToken) =>
        await store.TryReadJsonAsync<CollectState>(PathOf(collection), cancellationToken)
        ?? throw new InputException("it was never collected", "collect it first", collection, InputErrorKind.NotFound);
}
