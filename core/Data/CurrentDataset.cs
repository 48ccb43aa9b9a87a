namespace MusicPipeline.Data;

/// <summary><c>current.json</c>: which version of a data set is the current one, and which uploads it was made from.</summary>
/// <param name="Version">The version.</param>
/// <param name="Uploads">ETag of each upload by its file name, to tell whether anything changed since.</param>
public sealed record CurrentDataset(string Version, IReadOnlyDictionary<string, string> Uploads);
