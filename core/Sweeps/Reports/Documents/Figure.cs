using MusicPipeline.Charts;

namespace MusicPipeline.Sweeps.Reports.Documents;

/// <summary>A chart with its description as caption.</summary>
internal sealed record Figure(Chart Chart) : Block;
