using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Data;

/// <summary>Versions of data sets in storage.</summary>
public sealed class DatasetStore(IArtifactStore store)
{
    private const int ParallelReads = 16;

    /// <summary>The current version of every data set, in the order of names.</summary>
    public async Task<IReadOnlyList<DatasetInfo>> ListAsync(CancellationToken cancellationToken = default)
    {
        var infos = new List<DatasetInfo>();
        var folders = await store
            .ListFoldersAsync(Containers.Datasets, cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        foreach (var some in folders.Chunk(ParallelReads))
            infos.AddRange((await Task.WhenAll(some.Select(folder => FindAsync(folder, cancellationToken)))).OfType<DatasetInfo>());
        return infos;
    }

    /// <summary>A data set with all of its versions.</summary>
    /// <exception cref="InputException">There is no such data set.</exception>
    public async Task<DatasetVersions> GetVersionsAsync(string name, CancellationToken cancellationToken = default)
    {
        var current = await ResolveAsync(name, cancellationToken);
        var others = new List<DatasetInfo>();
        await foreach (var folder in store.ListFoldersAsync(
            Containers.Datasets, BlobPaths.Dataset(current.Name, "", "").Name.TrimEnd('/') + "/", cancellationToken))
        {
            if (folder != current.Version && await FindInfoAsync(current.Name, folder, cancellationToken) is { } info) others.Add(info);
        }

        return new DatasetVersions(current, others);
    }

    /// <summary>The current version of a data set; of the only one there is where no name is given.</summary>
    /// <exception cref="InputException">There is no such data set, or a name is needed to choose one.</exception>
    public async Task<DatasetInfo> ResolveAsync(string? name, CancellationToken cancellationToken = default)
    {
        if (name is not null)
        {
            if (DatasetFileName.Fault(name) is { } fault)
            {
                throw new InputException(
                    $"the data set's name {fault}", "name one of those that are listed", kind: InputErrorKind.NotFound);
            }

            var current = await FindCurrentAsync(name, cancellationToken);
            return current is null
                ? throw new InputException(
                    $"there is no data set '{name}'",
                    $"upload {string.Join(", ", DatasetFileName.Expected(name))} to {Containers.DatasetUploads}",
                    kind: InputErrorKind.NotFound)
                : await GetInfoAsync(name, current.Version, cancellationToken);
        }

        var all = await ListAsync(cancellationToken);
        return all.Count switch
        {
            1 => all[0],
            0 => throw new InputException(
                "there is no data set yet",
                $"upload {string.Join(", ", DatasetFileName.Expected("<name>"))} to {Containers.DatasetUploads}",
                kind: InputErrorKind.NotFound),
            _ => throw new InputException(
                $"there are {all.Count} data sets",
                $"name one of {string.Join(", ", all.Select(info => info.Name))}"),
        };
    }

    /// <summary>Which version is the current one, or null where the data set has none.</summary>
    public Task<CurrentDataset?> FindCurrentAsync(string name, CancellationToken cancellationToken = default) =>
        store.TryReadJsonAsync<CurrentDataset>(BlobPaths.DatasetCurrent(name), cancellationToken);

    /// <summary>The description of a version, or null where there is no such version.</summary>
    public Task<DatasetInfo?> FindInfoAsync(string name, string version, CancellationToken cancellationToken = default) =>
        store.TryReadJsonAsync<DatasetInfo>(BlobPaths.Dataset(name, version, DatasetFiles.Info), cancellationToken);

    /// <summary>The description of a version.</summary>
    /// <exception cref="InputException">There is no such version.</exception>
    public async Task<DatasetInfo> GetInfoAsync(string name, string version, CancellationToken cancellationToken = default) =>
        await FindInfoAsync(name, version, cancellationToken)
        ?? throw new InputException(
            $"the data set '{name}' has no version '{version}'", "upload its arrays again", kind: InputErrorKind.NotFound);

    /// <summary>Reads a version into memory.</summary>
    /// <exception cref="InputException">There is no such version.</exception>
    public async Task<Dataset> LoadAsync(string name, string version, CancellationToken cancellationToken = default)
    {
        await GetInfoAsync(name, version, cancellationToken);
        return await DatasetFiles.ReadAsync(
            (file, token) => store.OpenReadAsync(BlobPaths.Dataset(name, version, file), token), cancellationToken);
    }

    /// <summary>Writes a version, unless it is there already, and makes it the current one.</summary>
    /// <param name="dataset">The version.</param>
    /// <param name="uploads">ETag of each upload by its file name.</param>
    /// <param name="cancellationToken">Leaves an unfinished version without its description, which nobody reads.</param>
    public async Task SaveAsync(
        Dataset dataset, IReadOnlyDictionary<string, string> uploads, CancellationToken cancellationToken = default)
    {
        var (name, version) = (dataset.Info.Name, dataset.Info.Version);
        var present = await FindInfoAsync(name, version, cancellationToken);
        if (present is null)
        {
            await DatasetFiles.WriteAsync(
                dataset,
                (file, write, token) => store.WriteAsync(BlobPaths.Dataset(name, version, file), write, token),
                cancellationToken);
        }
        else if (present.WithoutPitch is null && dataset.Info.WithoutPitch is not null)
        {
            // Written before anybody looked for pitches, which are no part of the version.
            await store.WriteJsonAsync(
                BlobPaths.Dataset(name, version, DatasetFiles.Info),
                present with { WithoutPitch = dataset.Info.WithoutPitch },
                cancellationToken);
        }

        await store.WriteJsonAsync(
            BlobPaths.DatasetCurrent(name), new CurrentDataset(version, uploads), cancellationToken);
    }

    private async Task<DatasetInfo?> FindAsync(string folder, CancellationToken cancellationToken)
    {
        var current = await store.TryReadJsonAsync<CurrentDataset>(
            new BlobPath(Containers.Datasets, $"{folder}/current.json"), cancellationToken);
        return current is null
            ? null
            : await store.TryReadJsonAsync<DatasetInfo>(
                new BlobPath(Containers.Datasets, $"{folder}/{current.Version}/{DatasetFiles.Info}"), cancellationToken);
    }
}
