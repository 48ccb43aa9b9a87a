namespace MusicPipeline.Uploads;

/// <summary>What has become of an upload so far.</summary>
/// <param name="Upload">The blob, as <c>container/name</c>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Message">The same in one sentence: what it became, what it waits for, or what is wrong and what to do.</param>
public sealed record UploadStatus(string Upload, long Bytes, UploadState State, string Message);

/// <summary>Where an upload stands.</summary>
public enum UploadState
{
    /// <summary>Nobody has looked at this version of it yet.</summary>
    Waiting,

    /// <summary>Others that belong to it are not there yet.</summary>
    WaitingForOthers,

    /// <summary>Its results are there.</summary>
    Processed,

    /// <summary>It is wrong.</summary>
    Rejected,
}
