using MusicPipeline.Errors;
using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;

namespace MusicPipeline.Collections;

/// <summary>Runs collectings. Each host has its own.</summary>
public interface ICollectHost
{
    /// <summary>Starts a run that is on record, unless it runs.</summary>
    /// <returns>Whether it runs; false where it has ended, so that another one has to be begun.</returns>
    Task<bool> TryStartAsync(CollectRun run, CancellationToken cancellationToken = default);
}

/// <summary>Where a collection stands.</summary>
public enum CollectionState
{
    /// <summary>Recordings are uploaded, and nobody has collected them.</summary>
    Uploaded,

    /// <summary>They are being collected.</summary>
    Collecting,

    /// <summary>There is a data set of them.</summary>
    Collected,

    /// <summary>They make no data set, or could not be read; the problem says why.</summary>
    Refused,
}

/// <summary>A collection, as it is shown.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Progress">How far the collecting is; null where none runs, or it has only begun.</param>
/// <param name="Results">What the last collecting that ended came to; null where there was none.</param>
public sealed record CollectionView(string Name, CollectionState State, CollectProgress? Progress, CollectionResults? Results);

/// <summary>How far a collecting is.</summary>
/// <param name="Recordings">Recordings of the collection.</param>
/// <param name="Read">Those of which the notes are on record.</param>
public sealed record CollectProgress(int Recordings, int Read);

/// <summary>Starts collectings and shows collections.</summary>
public sealed class CollectService(IArtifactStore store, ICollectHost host)
{
    /// <summary>Starts collecting, or sees to it that the run that goes on ends with what is uploaded by now.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="recipe">How notes are found; null for how they were found before, and for the default where they never were.</param>
    /// <param name="copies">Altered copies of each training note that are learned from, too; null or 0 for none.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <exception cref="InputException">There is no such collection or recipe, or it is being collected by another method.</exception>
    public async Task<CollectRun> StartAsync(
        string collection, string? recipe = null, int? copies = null, CancellationToken cancellationToken = default)
    {
        RecordingName.CheckCollection(collection);
        if (recipe is null)
        {
            var state = await store.TryReadJsonAsync<CollectState>(CollectStates.PathOf(collection), cancellationToken);
            recipe = state?.Recipe;
        }

        var method = new CollectMethod(CollectRecipes.Create(recipe).Id, NoteCopies.Check(copies));
        if (!await HasRecordingsAsync(collection, cancellationToken)) throw Missing(collection);
        while (true)
        {
            var state = await AskAsync(collection, method, cancellationToken);
            var run = new CollectRun(collection, state.Run);
            if (await host.TryStartAsync(run, cancellationToken)) return run;
            // It ended without a word, as where its process was killed or its orchestration terminated.
            await store.UpdateJsonAsync<CollectState>(
                CollectStates.PathOf(collection),
                present => present.Run == run.Run && present.IsRunning ? present with { IsRunning = false } : present,
                cancellationToken);
        }
    }

    /// <summary>Goes on with what was being collected when the host ended.</summary>
    /// <returns>The collections.</returns>
    public async Task<IReadOnlyList<string>> ResumeAsync(CancellationToken cancellationToken = default)
    {
        var resumed = new List<string>();
        await foreach (var folder in store.ListFoldersAsync(Containers.Collections, cancellationToken: cancellationToken))
        {
            var state = await store.TryReadJsonAsync<CollectState>(
                new BlobPath(Containers.Collections, $"{folder}/{CollectionFiles.State}"), cancellationToken);
            // Folders are escaped names, and a collection's name has nothing to escape.
            if (state is { IsRunning: true } && await host.TryStartAsync(new CollectRun(folder, state.Run), cancellationToken))
                resumed.Add(folder);
        }

        return resumed;
    }

    /// <summary>Every collection, in the order of names.</summary>
    public async Task<IReadOnlyList<CollectionView>> ListAsync(CancellationToken cancellationToken = default)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var container in (string[])[Containers.Recordings, Containers.Collections])
        {
            await foreach (var folder in store.ListFoldersAsync(container, cancellationToken: cancellationToken))
            {
                if (RecordingName.CollectionFault(folder) is null) names.Add(folder);
            }
        }

        var views = new List<CollectionView>();
        foreach (var name in names) views.Add(await ViewAsync(name, cancellationToken));
        return views;
    }

    /// <summary>Shows a collection.</summary>
    /// <exception cref="InputException">There is none of this name.</exception>
    public async Task<CollectionView> GetAsync(string collection, CancellationToken cancellationToken = default)
    {
        RecordingName.CheckCollection(collection);
        var view = await ViewAsync(collection, cancellationToken);
        return view is { State: CollectionState.Uploaded } && !await HasRecordingsAsync(collection, cancellationToken)
            ? throw Missing(collection)
            : view;
    }

    private static InputException Missing(string collection) => new(
        $"there is no collection '{collection}'",
        $"upload recordings to {Containers.Recordings}/{collection}/<label>/",
        kind: InputErrorKind.NotFound);

    private async Task<bool> HasRecordingsAsync(string collection, CancellationToken cancellationToken)
    {
        await foreach (var entry in store.ListAsync(Containers.Recordings, collection + "/", cancellationToken))
        {
            if (entry.Length > 0) return true;
        }

        return false;
    }

    private async Task<CollectState> AskAsync(string collection, CollectMethod method, CancellationToken cancellationToken)
    {
        var path = CollectStates.PathOf(collection);
        while (true)
        {
            var state = await store.UpdateJsonAsync<CollectState>(
                path,
                present => !present.IsRunning ? new CollectState(present.Run + 1, 1, IsRunning: true, method.Recipe, method.Copies)
                    : present.Method == method ? present with { Asked = present.Asked + 1 }
                    : throw new InputException(
                        $"it is being collected by the recipe {present.Recipe} with {present.Copies ?? 0} copies of a note",
                        "ask again when that has ended",
                        collection,
                        InputErrorKind.Conflict),
                cancellationToken);
            if (state is not null) return state;
            await store.TryCreateJsonAsync(path, new CollectState(0, 0, IsRunning: false, method.Recipe, method.Copies), cancellationToken);
        }
    }

    private async Task<CollectionView> ViewAsync(string name, CancellationToken cancellationToken)
    {
        var state = await store.TryReadJsonAsync<CollectState>(CollectStates.PathOf(name), cancellationToken);
        var results = await store.TryReadJsonAsync<CollectionResults>(
            BlobPaths.Collection(name, CollectionFiles.Results), cancellationToken);
        var stands = state is { IsRunning: true } ? CollectionState.Collecting
            : results is null ? CollectionState.Uploaded
            : results.Problem is null ? CollectionState.Collected
            : CollectionState.Refused;
        var progress = stands == CollectionState.Collecting ? await ProgressAsync(name, cancellationToken) : null;
        return new CollectionView(name, stands, progress, results);
    }

    private async Task<CollectProgress?> ProgressAsync(string name, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        var prefix = BlobPaths.Collection(name, CollectionFiles.Work).Name;
        await foreach (var entry in store.ListAsync(Containers.Collections, prefix, cancellationToken))
            files.Add(entry.Path.Name[prefix.Length..]);
        // Of two plans the other is one that recordings were added to since; either tells about how far it is.
        if (files.Find(file => !file.Contains('-', StringComparison.Ordinal)) is not { } plan) return null;
        var id = Path.GetFileNameWithoutExtension(plan);
        if (await PlanCollectActivity.FindAsync(store, name, id, cancellationToken) is not { } planned) return null;
        var read = files.Count(file => file.StartsWith(id + "-", StringComparison.Ordinal)) * PlanCollectActivity.PackSize;
        return new CollectProgress(planned.Known.Count + planned.New.Count, planned.Known.Count + Math.Min(read, planned.New.Count));
    }
}
