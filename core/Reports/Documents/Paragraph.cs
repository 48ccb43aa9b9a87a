namespace MusicPipeline.Reports.Documents;

/// <summary>A paragraph.</summary>
/// <param name="Spans">Its text.</param>
/// <param name="IsNotice">Something that the reader must not miss.</param>
internal sealed record Paragraph(IReadOnlyList<Span> Spans, bool IsNotice = false) : Block;
