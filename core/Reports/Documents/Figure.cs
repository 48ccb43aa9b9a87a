using MusicPipeline.Reports.Charts;

namespace MusicPipeline.Reports.Documents;

/// <summary>A chart with its description as caption.</summary>
internal sealed record Figure(Chart Chart) : Block;
