namespace MusicPipeline.Uploads;

/// <summary>What became of an upload.</summary>
public enum UploadOutcome
{
    /// <summary>Its results are written.</summary>
    Processed,

    /// <summary>Its results were there already, from the same version of the upload.</summary>
    AlreadyProcessed,

    /// <summary>The data set that it belongs to is not complete yet.</summary>
    WaitingForOthers,

    /// <summary>It is wrong; <c>rejected/...</c> says how.</summary>
    Rejected,

    /// <summary>It is empty (an upload that has only begun) or gone.</summary>
    Ignored,
}
