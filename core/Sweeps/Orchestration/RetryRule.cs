namespace MusicPipeline.Sweeps.Orchestration;

/// <summary>How often, and after which pause, an activity that failed for a passing reason is tried again.</summary>
/// <param name="Attempts">Tries in all, 1 or more.</param>
/// <param name="FirstDelay">Pause before the second try; it doubles with each further one.</param>
/// <param name="MaxDelay">Longest pause.</param>
public sealed record RetryRule(int Attempts, TimeSpan FirstDelay, TimeSpan MaxDelay)
{
    /// <summary>Five tries over about half a minute.</summary>
    public static RetryRule Default { get; } = new(5, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

    /// <summary>Pause after the given try (1-based).</summary>
    public TimeSpan DelayAfter(int attempt) =>
        TimeSpan.FromTicks(Math.Min(MaxDelay.Ticks, FirstDelay.Ticks << Math.Min(attempt - 1, 20)));
}
