using ScottPlot;

namespace MusicPipeline.Reports.Charts;

/// <summary>What tells one series from another: colour, dashes and marker, so that no reader depends on colour alone.</summary>
internal sealed record SeriesLook(Color Color, LinePattern Pattern, MarkerShape Marker);
