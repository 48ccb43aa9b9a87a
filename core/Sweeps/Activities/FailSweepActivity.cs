using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>Puts on record that a sweep failed, so that nobody waits for it and it can be started again.</summary>
public sealed class FailSweepActivity(IArtifactStore store, TimeProvider time)
{
    /// <summary>Marks the sweep as failed. Repeating it changes nothing, and a sweep that has ended or is gone stays so.</summary>
    public Task RunAsync(SweepFault fault, CancellationToken cancellationToken = default) =>
        store.UpdateJsonAsync<SweepDocument>(
            SweepDocuments.PathOf(fault.SweepId),
            document => document.State is SweepState.Waiting or SweepState.Running
                ? document with { State = SweepState.Failed, Error = fault.Reason, FinishedAt = time.GetUtcNow() }
                : document,
            cancellationToken);
}
