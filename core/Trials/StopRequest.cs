namespace MusicPipeline.Trials;

/// <summary>
/// When a sweep starts no more trials; those that run come to their next
/// check or their end. Any one of the conditions is enough.
/// </summary>
public sealed record StopRequest
{
    /// <summary>A validation accuracy, above 0 and at most 1, that is good enough.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Trials that are enough, 1 or more.</summary>
    public int? Trials { get; init; }

    /// <summary>Epochs over all trials, 1 or more; trials that run when they are spent end beyond them.</summary>
    public long? Epochs { get; init; }

    /// <summary>Wall time of the sweep in seconds, above 0.</summary>
    public double? Seconds { get; init; }

    /// <summary>Failed trials after which it is no use to go on, 1 or more.</summary>
    public int? Failures { get; init; }

    /// <summary>The first condition, in the order of <see cref="StopCause"/>, that holds; null where none does.</summary>
    public StopCause? CauseOf(StopProgress progress)
    {
        if (progress.BestAccuracy >= Accuracy) return StopCause.Accuracy;
        if (progress.Ended >= Trials) return StopCause.Trials;
        if (progress.Epochs >= Epochs) return StopCause.Epochs;
        if (progress.Elapsed.TotalSeconds >= Seconds) return StopCause.Time;
        return progress.Failures >= Failures ? StopCause.Failures : null;
    }
}

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

/// <summary>What stop conditions look at.</summary>
/// <param name="BestAccuracy">Best validation accuracy of any trial that ended, 0 to 1.</param>
/// <param name="Ended">Trials that were completed, pruned or diverged, also those from the record.</param>
/// <param name="Epochs">Epochs trained in this sweep; those of reused results do not count.</param>
/// <param name="Elapsed">Time since the sweep started.</param>
/// <param name="Failures">Trials that failed.</param>
public sealed record StopProgress(double BestAccuracy, int Ended, long Epochs, TimeSpan Elapsed, int Failures);
