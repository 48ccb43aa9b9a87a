using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Uploading;

/// <summary>What became of a file or address that was to be uploaded, in words and for scripts.</summary>
/// <param name="Source">As the user named it.</param>
/// <param name="Blob">The upload, as <c>container/name</c>; null where there is none.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Message">One sentence for people.</param>
internal sealed record SourceResult(string Source, string? Blob, SourceOutcome Outcome, string Message)
{
    /// <summary>Whether it needs the user's attention.</summary>
    public bool IsFault => Outcome is SourceOutcome.Rejected or SourceOutcome.Failed;

    /// <summary>The result of one that was uploaded just now: whoever was faster to process it, it is processed.</summary>
    public static SourceResult Of(UploadSource source, UploadResult result)
    {
        var outcome = result.Outcome switch
        {
            UploadOutcome.Processed or UploadOutcome.AlreadyProcessed => SourceOutcome.Processed,
            UploadOutcome.WaitingForOthers => SourceOutcome.WaitingForOthers,
            UploadOutcome.Rejected => SourceOutcome.Rejected,
            _ => SourceOutcome.Failed,
        };
        return new SourceResult(source.Text, source.Target.ToString(), outcome, result.Message);
    }
}
