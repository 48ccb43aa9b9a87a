namespace MusicPipeline.Local.Uploading;

/// <summary>What became of a file or address that was to be uploaded.</summary>
internal enum SourceOutcome
{
    /// <summary>Its results are written.</summary>
    Processed,

    /// <summary>It is uploaded, and the data set that it belongs to is not complete yet.</summary>
    WaitingForOthers,

    /// <summary>It is uploaded and wrong; <c>rejected/...</c> says how.</summary>
    Rejected,

    /// <summary>It could not be uploaded, or is gone again.</summary>
    Failed,
}
