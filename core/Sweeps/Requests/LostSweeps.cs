using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps.Requests;

/// <summary>
/// Whoever looks at an open sweep whose orchestration is dead puts on record that it failed. Most are told of by their host
/// at once; this is for what nobody was left to tell of.
/// </summary>
internal sealed class LostSweeps(IArtifactStore store, ISweepHost host, TimeProvider time)
{
    /// <summary>The sweep as it is on record, once more where it had to be put there.</summary>
    /// <exception cref="Errors.InputException">The sweep was deleted meanwhile.</exception>
    public async Task<SweepDocument> SettleAsync(SweepDocument document, CancellationToken cancellationToken) =>
        document.State.IsActive() && await host.FindLossAsync(document, cancellationToken) is { } reason
            ? await store.FailAsync(document.Id, document.Run, reason, time.GetUtcNow(), cancellationToken)
                ?? throw SweepDocuments.NoSuchSweep(document.Id)
            : document;
}
