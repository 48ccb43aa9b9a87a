namespace MusicPipeline.Uploads;

/// <summary>What became of an upload, in words.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Message">One sentence for people: the reason of a rejection, what is waited for, or where the result lies.</param>
public sealed record UploadResult(UploadOutcome Outcome, string Message);
