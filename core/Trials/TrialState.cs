namespace MusicPipeline.Trials;

/// <summary>Where a trial of a sweep stands.</summary>
public enum TrialState
{
    /// <summary>Not started yet.</summary>
    Waiting,

    /// <summary>A worker trains it.</summary>
    Running,

    /// <summary>Every epoch ran.</summary>
    Completed,

    /// <summary>Its loss became NaN or infinite; that is a result, and final.</summary>
    Diverged,

    /// <summary>It could not be trained; the reason is on record, and a new start of the sweep tries it again.</summary>
    Failed,

    /// <summary>The sweep was cancelled before the trial ended.</summary>
    Cancelled,

    /// <summary>It was ended early because others did better; its history stays, and it can be promoted later.</summary>
    Pruned,

    /// <summary>It was broken off, by a pause or by a fault that passes, and will run again.</summary>
    Preempted,
}
