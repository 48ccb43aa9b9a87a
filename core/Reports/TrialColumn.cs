namespace MusicPipeline.Reports;

/// <summary>A column of a <see cref="TrialTable"/>.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="IsNumber">Numbers are aligned to the right.</param>
public sealed record TrialColumn(string Heading, bool IsNumber);
