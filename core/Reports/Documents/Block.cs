namespace MusicPipeline.Reports.Documents;

/// <summary>A part of a report: heading, paragraph, list, table or figure.</summary>
internal abstract record Block;
