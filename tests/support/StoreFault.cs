namespace MusicPipeline.TestSupport;

/// <summary>What happens to a call of a <see cref="FaultyArtifactStore"/>.</summary>
public enum StoreFault
{
    /// <summary>It succeeds.</summary>
    None,

    /// <summary>It fails before anything was done.</summary>
    Before,

    /// <summary>It is done, and fails all the same.</summary>
    After,
}
