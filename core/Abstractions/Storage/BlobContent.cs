namespace MusicPipeline.Storage;

/// <summary>A small blob, read whole.</summary>
/// <param name="Bytes">Its content.</param>
/// <param name="ETag">The version that was read.</param>
public sealed record BlobContent(ReadOnlyMemory<byte> Bytes, string ETag);
