using MusicPipeline.Training;

namespace MusicPipeline.Trials;

/// <summary>
/// When a sweep starts no more trials; those that run come to their next
/// check or their end. Any one of the conditions is enough.
/// </summary>
public sealed record StopRequest
{
    /// <summary>A validation accuracy, above 0 and at most 1, that is good enough.</summary>
    public double? Accuracy { get; init; }

    /// <summary>
    /// A figure of the sweep's <see cref="Objective"/> that is good enough: at least so much, or at most so much loss.
    /// </summary>
    public double? At { get; init; }

    /// <summary>Trials that are enough, 1 or more.</summary>
    public int? Trials { get; init; }

    /// <summary>Epochs over all trials, 1 or more; trials that run when they are spent end beyond them.</summary>
    public long? Epochs { get; init; }

    /// <summary>Wall time of the sweep in seconds, above 0.</summary>
    public double? Seconds { get; init; }

    /// <summary>Failed trials after which it is no use to go on, 1 or more.</summary>
    public int? Failures { get; init; }

    /// <summary>The first condition that holds; null where none does.</summary>
    public StopCause? CauseOf(StopProgress progress)
    {
        if (progress.BestScore >= Accuracy) return StopCause.Accuracy;
        if (At is { } at && progress.BestScore >= progress.Objective.Score(at)) return StopCause.Objective;
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

    /// <summary>A trial reached the figure of the objective that was asked for.</summary>
    Objective,
}

/// <summary>What stop conditions look at.</summary>
/// <param name="BestScore">Best score of any trial that ended, such as its validation accuracy.</param>
/// <param name="Ended">Trials that were completed, pruned or diverged, also those from the record.</param>
/// <param name="Epochs">Epochs trained in this sweep; those of reused results do not count.</param>
/// <param name="Elapsed">Time since the sweep started.</param>
/// <param name="Failures">Trials that failed.</param>
public sealed record StopProgress(double BestScore, int Ended, long Epochs, TimeSpan Elapsed, int Failures)
{
    /// <summary>What scores are of.</summary>
    public Objective Objective { get; init; }
}
