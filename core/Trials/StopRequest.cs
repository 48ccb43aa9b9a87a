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
