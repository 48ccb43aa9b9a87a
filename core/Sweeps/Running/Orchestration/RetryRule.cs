namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>How often, and after which pause, an activity that failed for a passing reason is tried again.</summary>
public sealed record RetryRule
{
    /// <param name="attempts">Tries in all, 1 or more.</param>
    /// <param name="firstDelay">Pause before the second try, not negative; it doubles with each further one.</param>
    /// <param name="maxDelay">Longest pause, not shorter than the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is out of range.</exception>
    public RetryRule(int attempts, TimeSpan firstDelay, TimeSpan maxDelay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDelay, firstDelay);
        (Attempts, FirstDelay, MaxDelay) = (attempts, firstDelay, maxDelay);
    }

    /// <summary>Five tries over about half a minute.</summary>
    public static RetryRule Default { get; } = new(5, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

    /// <summary>Tries in all, 1 or more.</summary>
    public int Attempts { get; }

    /// <summary>Pause before the second try; it doubles with each further one.</summary>
    public TimeSpan FirstDelay { get; }

    /// <summary>Longest pause.</summary>
    public TimeSpan MaxDelay { get; }

    /// <summary>Pause after a try, the first being 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such try.</exception>
    public TimeSpan DelayAfter(int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        var delay = FirstDelay;
        // The longest is halved to compare, so that no pause wraps around.
        for (; attempt > 1 && delay > TimeSpan.Zero; attempt--)
        {
            if (delay > MaxDelay / 2) return MaxDelay;
            delay *= 2;
        }

        return delay < MaxDelay ? delay : MaxDelay;
    }
}
