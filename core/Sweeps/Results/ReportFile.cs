namespace MusicPipeline.Sweeps.Results;

/// <summary>A report to hand out.</summary>
/// <param name="Bytes">Its content.</param>
/// <param name="ContentType">Its media type.</param>
public sealed record ReportFile(ReadOnlyMemory<byte> Bytes, string ContentType);
