using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>
/// All that orchestration code may reach. Durable Functions implements it in the cloud, a small runner on one machine.
/// Code that uses nothing else is deterministic, which is what replay after a restart asks for.
/// </summary>
public interface ISweepContext
{
    /// <summary>The time, the same at every replay.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Runs an activity by one of <see cref="ActivityNames"/>.</summary>
    /// <exception cref="ActivityFailedException">The activity threw.</exception>
    Task<TResult> CallActivityAsync<TResult>(string activity, object input);

    /// <summary>Runs an orchestration by one of <see cref="OrchestrationNames"/> as a child of this one.</summary>
    /// <param name="orchestration">Its name.</param>
    /// <param name="child">
    /// Names the child among the children of this one. The host forms the child's instance id from its parent's and
    /// this, always the same way, since <see cref="SendEvent"/> and whoever asks for the status have to find it.
    /// </param>
    /// <param name="input">Its input.</param>
    /// <exception cref="ActivityFailedException">The child threw.</exception>
    Task<TResult> CallSubOrchestrationAsync<TResult>(string orchestration, string child, object input);

    /// <summary>Raises an event for a child that runs; for one that has ended it does nothing.</summary>
    /// <param name="child">The child, as it was named when it was called.</param>
    /// <param name="name">Name of the event.</param>
    void SendEvent(string child, string name);

    /// <summary>Waits on a durable timer.</summary>
    Task DelayAsync(TimeSpan delay);

    /// <summary>Completes when an event of that name has been raised for this orchestration.</summary>
    Task WaitForEventAsync(string name);

    /// <summary>
    /// Shows where the sweep stands, on this orchestration's own instance; kept under 16 KB by its type. While a child
    /// runs its status is the newer one: see <see cref="SweepStatus.Part"/>.
    /// </summary>
    void SetStatus(SweepStatus status);
}

/// <summary>An activity threw. Each host wraps its own engine's exception into this one.</summary>
/// <param name="reason">The activity's message.</param>
/// <param name="isPermanent">Whether another try would end the same way, as with a wrong input.</param>
/// <param name="innerException">The engine's exception.</param>
public sealed class ActivityFailedException(string reason, bool isPermanent, Exception? innerException = null)
    : Exception(reason, innerException)
{
    /// <summary>Whether another try would end the same way.</summary>
    public bool IsPermanent { get; } = isPermanent;
}
