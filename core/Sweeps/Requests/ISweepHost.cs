namespace MusicPipeline.Sweeps.Requests;

/// <summary>What runs orchestrations: Durable Functions, or the runner of the local host.</summary>
public interface ISweepHost
{
    /// <summary>Starts the orchestration of a sweep on record, unless it runs already.</summary>
    Task StartAsync(string sweepId, CancellationToken cancellationToken = default);

    /// <summary>Raises <see cref="Running.Orchestration.SweepOrchestration.ControlEvent"/> for a sweep.</summary>
    Task RaiseControlAsync(string sweepId, CancellationToken cancellationToken = default);

    /// <summary>The status that the orchestration set last; null where it is not known to this host.</summary>
    Task<SweepStatus?> FindStatusAsync(string sweepId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Why nothing will ever end an open sweep any more, in one sentence; null where it runs, is being started, or where this
    /// host cannot tell.
    /// </summary>
    Task<string?> FindLossAsync(SweepDocument sweep, CancellationToken cancellationToken = default) => Task.FromResult<string?>(null);

    /// <summary>Forgets whatever the host itself keeps of an ended sweep; the record is not the host's.</summary>
    Task ForgetAsync(string sweepId, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
