namespace MusicPipeline.Web;

/// <summary>A file of the page.</summary>
/// <param name="Bytes">Its content.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="ETag">A hash of the content, in quotes.</param>
public sealed record WebFile(ReadOnlyMemory<byte> Bytes, string ContentType, string ETag);
