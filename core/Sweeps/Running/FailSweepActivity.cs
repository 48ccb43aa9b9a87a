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
