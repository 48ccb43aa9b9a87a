namespace MusicPipeline.Uploads;

/// <summary><c>rejected/&lt;container&gt;/&lt;name&gt;.json</c>: what is wrong with an upload and what to do about it.</summary>
/// <param name="Upload">The blob, as <c>container/name</c>.</param>
/// <param name="ETag">The version of it that was read.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Message">Both in one sentence, with the file's name.</param>
/// <param name="RejectedAt">When.</param>
public sealed record RejectedUpload(
    string Upload, string ETag, string Problem, string Remedy, string Message, DateTimeOffset RejectedAt);
