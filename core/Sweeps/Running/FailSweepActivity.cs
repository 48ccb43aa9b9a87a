using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Puts on record that a sweep failed, so that nobody waits for it and it can be started again.</summary>
public sealed class FailSweepActivity(IArtifactStore store, TimeProvider time)
{
    /// <summary>
    /// Marks the sweep as failed. Repeating it changes nothing, and a sweep that has ended, runs anew or is gone stays so.
    /// </summary>
    /// <returns>The sweep as it is on record then; null where it is gone.</returns>
    public Task<SweepDocument?> RunAsync(SweepFault fault, CancellationToken cancellationToken = default) =>
        store.FailAsync(fault.SweepId, fault.Run, fault.Reason, time.GetUtcNow(), cancellationToken);
}

/// <summary>A run of a sweep that could not be brought to its end.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Run">Number of the run; see <see cref="SweepDocument.Run"/>. A fault of another run than the last one is ignored.</param>
/// <param name="Reason">One sentence.</param>
public sealed record SweepFault(string SweepId, int Run, string Reason);
