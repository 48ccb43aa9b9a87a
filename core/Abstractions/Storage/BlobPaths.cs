using MusicPipeline.Errors;

namespace MusicPipeline.Storage;

/// <summary>Where everything lies: the one place that knows the layout of the output containers.</summary>
public static class BlobPaths
{
    // The longest name of a blob, in characters.
    private const int MaxUploadName = 1024;

    /// <summary>An uploaded recording, under the name that it was given.</summary>
    /// <exception cref="InputException">No blob can have this name.</exception>
    public static BlobPath AudioUpload(string name) => Upload(Containers.AudioUploads, name);

    /// <summary>An uploaded array, under the name that it was given.</summary>
    /// <exception cref="InputException">No blob can have this name.</exception>
    public static BlobPath DatasetUpload(string name) => Upload(Containers.DatasetUploads, name);

    /// <summary>A file of a collection's folder of uploads, such as <c>violin/scale.aiff</c> of the collection <c>strings</c>.</summary>
    /// <exception cref="InputException">No blob can have this name.</exception>
    public static BlobPath Recording(string collection, string file) => Upload(Containers.Recordings, $"{collection}/{file}");

    /// <summary>A file of what a collection came to: <c>collections/&lt;collection&gt;/&lt;file&gt;</c>.</summary>
    public static BlobPath Collection(string collection, string file) =>
        new(Containers.Collections, $"{BlobNames.Escape(collection)}/{file}");

    /// <summary>A file of a converted recording: <c>audio/&lt;name&gt;/&lt;file&gt;</c>.</summary>
    public static BlobPath Audio(string name, string file) =>
        new(Containers.Audio, $"{BlobNames.Escape(name)}/{file}");

    /// <summary>A file of a data set's version.</summary>
    public static BlobPath Dataset(string dataset, string version, string file) =>
        new(Containers.Datasets, $"{BlobNames.Escape(dataset)}/{version}/{file}");

    /// <summary>Says which version of a data set is the current one.</summary>
    public static BlobPath DatasetCurrent(string dataset) =>
        new(Containers.Datasets, $"{BlobNames.Escape(dataset)}/current.json");

    /// <summary>A file of a trial.</summary>
    public static BlobPath Trial(string trialId, string file) => new(Containers.Trials, $"{BlobNames.Escape(trialId)}/{file}");

    /// <summary>A file of a baseline.</summary>
    public static BlobPath Baseline(string baselineId, string file) => new(Containers.Baselines, $"{BlobNames.Escape(baselineId)}/{file}");

    /// <summary>A file of a sweep.</summary>
    public static BlobPath Sweep(string sweepId, string file) => new(Containers.Sweeps, $"{BlobNames.Escape(sweepId)}/{file}");

    /// <summary>The entry of a sweep that has not ended: <c>open-sweeps/&lt;rank&gt;/&lt;sweep&gt;</c>.</summary>
    /// <param name="rank">Its priority as a number from 0 to 99, so that names are in its order.</param>
    /// <param name="sweepId">The sweep.</param>
    public static BlobPath OpenSweep(int rank, string sweepId) => new(Containers.OpenSweeps, $"{rank:00}/{BlobNames.Escape(sweepId)}");

    /// <summary>Says what is wrong with an upload.</summary>
    public static BlobPath Rejected(BlobPath upload) =>
        new(Containers.Rejected, $"{upload.Container}/{BlobNames.Escape(upload.Name)}.json");

    // A "." or ".." would lead a request to another blob, or out of the container.
    private static BlobPath Upload(string container, string name)
    {
        var problem = name.Length == 0 ? "the name of an upload is empty"
            : name.Length > MaxUploadName ? $"the name of an upload has {name.Length} characters, more than {MaxUploadName}"
            : name.Split('/').Any(segment => segment is "." or "..") ? $"the name '{name}' has a '.' or '..' for a folder"
            : null;
        return problem is null
            ? new BlobPath(container, name)
            : throw new InputException(problem, "give the file another name");
    }
}
