namespace MusicPipeline.Storage;

/// <summary>The containers of the storage account. Only the two upload containers are ever watched.</summary>
public static class Containers
{
    /// <summary>Recordings that people upload.</summary>
    public const string AudioUploads = "audio-uploads";

    /// <summary>NumPy arrays that people upload.</summary>
    public const string DatasetUploads = "dataset-uploads";

    /// <summary>
    /// Labelled recordings that people upload, <c>&lt;collection&gt;/&lt;label&gt;/&lt;file&gt;</c>; read when they are collected.
    /// </summary>
    public const string Recordings = "recordings";

    /// <summary>Converted recordings.</summary>
    public const string Audio = "audio";

    /// <summary>What collections of recordings came to: their notes, and a report.</summary>
    public const string Collections = "collections";

    /// <summary>Versions of data sets.</summary>
    public const string Datasets = "datasets";

    /// <summary>Finished trials, named by their content.</summary>
    public const string Trials = "trials";

    /// <summary>Scores of simple classifiers, named by their content.</summary>
    public const string Baselines = "baselines";

    /// <summary>Sweeps and their reports.</summary>
    public const string Sweeps = "sweeps";

    /// <summary>Names of the sweeps that have not ended; what it holds can be told from the sweeps themselves.</summary>
    public const string OpenSweeps = "open-sweeps";

    /// <summary>What was wrong with rejected uploads.</summary>
    public const string Rejected = "rejected";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [AudioUploads, DatasetUploads, Recordings, Audio, Collections, Datasets, Trials, Baselines, Sweeps, OpenSweeps, Rejected];
}
