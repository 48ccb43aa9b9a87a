using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>Reads what a running sweep was asked for.</summary>
public sealed class ReadHaltActivity(IArtifactStore store)
{
    /// <summary>What the sweep's document says; a sweep that is gone is to be cancelled.</summary>
    public async Task<HaltKind> RunAsync(string sweepId, CancellationToken cancellationToken = default) =>
        (await store.TryReadJsonAsync<SweepDocument>(SweepDocuments.PathOf(sweepId), cancellationToken))?.Halt ?? HaltKind.Cancel;
}
