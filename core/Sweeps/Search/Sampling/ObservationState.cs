namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>Where a trial stands, as samplers see it.</summary>
public enum ObservationState
{
    /// <summary>Proposed before, without a result yet; it is not proposed again.</summary>
    Pending,

    /// <summary>Every epoch ran.</summary>
    Completed,

    /// <summary>Ended early, with the score that it had then.</summary>
    Pruned,

    /// <summary>Without bounds: worse than all others.</summary>
    Diverged,
}
