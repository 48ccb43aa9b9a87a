using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Reports.Figures;
using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>Pictures of the classes of data sets. Each is computed once, when it is first looked at, and kept beside the version.</summary>
public sealed class DatasetPictures(IArtifactStore store, DatasetStore datasets, DatasetCache cache)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "picture.json";

    /// <summary>The picture of a version.</summary>
    /// <exception cref="InputException">There is no such version.</exception>
    public async Task<ClassPicture> GetAsync(string name, string version, CancellationToken cancellationToken = default)
    {
        var path = BlobPaths.Dataset(name, version, FileName);
        if (await store.TryReadJsonAsync<ClassPicture>(path, cancellationToken) is { } known) return known;
        await datasets.GetInfoAsync(name, version, cancellationToken);
        var dataset = await cache.GetAsync(name, version, cancellationToken);
        var picture = await Task.Run(() => ClassPicture.Of(dataset.Train), cancellationToken);
        await store.WriteJsonAsync(path, picture, cancellationToken);
        return picture;
    }
}
