namespace MusicPipeline.Reports.Charts;

/// <summary>A panel of a <see cref="PanelChart"/>.</summary>
/// <param name="X">Its abscissa.</param>
/// <param name="Abscissae">One a point.</param>
internal sealed record ChartPanel(ChartAxis X, IReadOnlyList<double> Abscissae);
