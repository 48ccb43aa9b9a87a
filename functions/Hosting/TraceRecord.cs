namespace MusicPipeline.Functions.Hosting;

/// <summary><c>trace.json</c> of a data set's version or a sweep: the span that ingested or started it.</summary>
/// <param name="TraceParent">As the header of W3C Trace Context has it.</param>
internal sealed record TraceRecord(string TraceParent);
