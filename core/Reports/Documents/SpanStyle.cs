namespace MusicPipeline.Reports.Documents;

/// <summary>How a piece of text looks.</summary>
internal enum SpanStyle
{
    Plain,
    Strong,
    Code,
}
