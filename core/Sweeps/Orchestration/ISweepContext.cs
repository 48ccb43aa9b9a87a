namespace MusicPipeline.Sweeps.Orchestration;

/// <summary>
/// All that orchestration code may reach. Durable Functions implements it in the cloud, a small runner on one machine.
/// Code that uses nothing else is deterministic, which is what replay after a restart asks for.
/// </summary>
public interface ISweepContext
{
    /// <summary>The time, the same at every replay.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Runs an activity by one of <see cref="Activities.ActivityNames"/>.</summary>
    /// <exception cref="ActivityFailedException">The activity threw.</exception>
    Task<TResult> CallActivityAsync<TResult>(string activity, object input);

    /// <summary>Waits on a durable timer.</summary>
    Task DelayAsync(TimeSpan delay);

    /// <summary>Completes when an event of that name has been raised for this sweep.</summary>
    Task WaitForEventAsync(string name);

    /// <summary>Shows where the sweep stands; kept under 16 KB by its type.</summary>
    void SetStatus(SweepStatus status);
}
