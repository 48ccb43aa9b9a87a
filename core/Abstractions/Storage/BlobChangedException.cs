namespace MusicPipeline.Storage;

/// <summary>A blob was replaced or removed while it was being read; read it again.</summary>
public sealed class BlobChangedException(BlobPath path, Exception innerException)
    : IOException($"{path} changed while it was being read.", innerException);
