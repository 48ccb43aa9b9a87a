namespace MusicPipeline.Sweeps.Requests;

/// <summary>Where a sweep stands.</summary>
public enum SweepState
{
    /// <summary>Accepted, and not started yet.</summary>
    Waiting,

    /// <summary>Trials are being trained or gathered.</summary>
    Running,

    /// <summary>The report is written. Single trials may have failed; the report says so.</summary>
    Completed,

    /// <summary>It was cancelled; what had finished is in the report.</summary>
    Cancelled,

    /// <summary>It was paused; it goes on when it is resumed.</summary>
    Paused,

    /// <summary>It was stopped; what had finished is in the report.</summary>
    Stopped,

    /// <summary>It could not be run; the error is on record.</summary>
    Failed,
}

/// <summary>What states of sweeps have in common.</summary>
public static class SweepStates
{
    /// <summary>Whether an orchestration runs the sweep, or is to.</summary>
    public static bool IsActive(this SweepState state) => state is SweepState.Waiting or SweepState.Running;

    /// <summary>Whether the sweep will not go on by itself, and was not paused.</summary>
    public static bool IsEnded(this SweepState state) => state != SweepState.Paused && !state.IsActive();

    /// <summary>Whether somebody ended the sweep before all of its trials had: stopped or cancelled it.</summary>
    public static bool IsCutShort(this SweepState state) => state is SweepState.Stopped or SweepState.Cancelled;
}

/// <summary>What a running sweep was asked for; a higher one takes the place of a lower one.</summary>
public enum HaltKind
{
    /// <summary>To go on.</summary>
    None,

    /// <summary>To start nothing more and to break off what runs, from where it goes on when the sweep is resumed.</summary>
    Pause,

    /// <summary>To start nothing more, and to finish what runs.</summary>
    Stop,

    /// <summary>To start nothing more, and to break off what runs.</summary>
    Cancel,
}
