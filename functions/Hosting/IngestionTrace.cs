namespace MusicPipeline.Functions.Hosting;

/// <summary><c>trace.json</c> of a data set's version: the span that ingested it.</summary>
/// <param name="TraceParent">As the header of W3C Trace Context has it.</param>
internal sealed record IngestionTrace(string TraceParent);
