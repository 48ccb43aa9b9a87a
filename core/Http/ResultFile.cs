namespace MusicPipeline.Http;

/// <summary>A file of the results, open to be handed out whole or in ranges.</summary>
/// <param name="Content">A seekable stream over one version of it.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="ETag">That version, in quotes.</param>
/// <param name="SavedAs">The name to save it under; null for what a browser shows or plays.</param>
public sealed record ResultFile(Stream Content, string ContentType, string ETag, string? SavedAs);
