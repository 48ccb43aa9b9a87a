using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>Puts on record that a sweep failed, so that nobody waits for it and it can be started again.</summary>
public sealed class FailSweepActivity(IArtifactStore store, TimeProvider time)
{
    /// <summary>
    /// Marks the sweep as failed. Repeating it changes nothing, and a sweep that has ended, runs anew or is gone stays so.
    /// </summary>
    /// <returns>The sweep as it is on record then; null where it is gone.</returns>
    public async Task<SweepDocument?> RunAsync(SweepFault fault, CancellationToken cancellationToken = default)
    {
        var document = await store.UpdateJsonAsync<SweepDocument>(
            SweepDocuments.PathOf(fault.SweepId),
            document => document.IsOpen && document.Run == fault.Run
                ? document with { State = SweepState.Failed, Halt = HaltKind.None, Error = fault.Reason, FinishedAt = time.GetUtcNow() }
                : document,
            cancellationToken);
        await store.CloseAsync(document, cancellationToken);
        return document;
    }
}
