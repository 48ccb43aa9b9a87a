namespace MusicPipeline.Reports.Charts;

/// <summary>A bar of a chart.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Length">From 0 on.</param>
/// <param name="Figure">The same as text.</param>
internal sealed record ChartBar(string Name, double Length, string Figure);
