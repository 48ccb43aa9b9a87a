namespace MusicPipeline.Reports.Documents;

/// <summary>A list of items, each a line of text.</summary>
internal sealed record BulletList(IReadOnlyList<IReadOnlyList<Span>> Items) : Block;
