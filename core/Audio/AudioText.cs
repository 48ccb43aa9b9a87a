namespace MusicPipeline.Audio;

/// <summary>What a recording says about itself; null where it says nothing.</summary>
/// <param name="Name">Title: AIFF <c>NAME</c>, WAV <c>INAM</c>, ID3 <c>TIT2</c>.</param>
/// <param name="Author">Author: AIFF <c>AUTH</c>, WAV <c>IART</c>, ID3 <c>TPE1</c>.</param>
/// <param name="Copyright">Owner of the rights: AIFF <c>(c) </c>, WAV <c>ICOP</c>, ID3 <c>TCOP</c>.</param>
/// <param name="Annotation">Comments, one a line: AIFF <c>ANNO</c>, WAV <c>ICMT</c>, ID3 <c>COMM</c>.</param>
public sealed record AudioText(
    string? Name = null, string? Author = null, string? Copyright = null, string? Annotation = null);
