namespace MusicPipeline.Trials;

/// <summary>Why a sweep starts no more trials.</summary>
public enum StopCause
{
    /// <summary>A trial reached the accuracy that was asked for.</summary>
    Accuracy,

    /// <summary>So many trials as were asked for have ended.</summary>
    Trials,

    /// <summary>The epochs are spent.</summary>
    Epochs,

    /// <summary>The time is up.</summary>
    Time,

    /// <summary>Too many trials failed.</summary>
    Failures,
}
