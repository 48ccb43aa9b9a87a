namespace MusicPipeline.Storage;

/// <summary>A blob that is there.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ETag">Changes with every write of the blob.</param>
public sealed record BlobEntry(BlobPath Path, long Length, string ETag);
