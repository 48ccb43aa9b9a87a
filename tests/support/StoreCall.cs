using MusicPipeline.Storage;

namespace MusicPipeline.TestSupport;

/// <summary>A call of an artifact store.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Operation">Name of the method, without Async.</param>
/// <param name="Path">The blob, or container and prefix of a list.</param>
public sealed record StoreCall(int Number, string Operation, BlobPath Path);
