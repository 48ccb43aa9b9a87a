namespace MusicPipeline.Reports.Documents;

/// <summary>A column of a <see cref="Table"/>, and of the tables of trials.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="IsNumber">Numbers are aligned to the right.</param>
public sealed record TableColumn(string Heading, bool IsNumber);
