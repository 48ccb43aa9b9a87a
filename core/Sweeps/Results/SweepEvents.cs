using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Results;

/// <summary>
/// Follows sweeps from storage and from what their host knows, so that it works on any worker, also beside another
/// process that runs the sweep.
/// </summary>
public sealed class SweepEvents(IArtifactStore store, ISweepHost host, SweepCatalog catalog, TimeProvider time)
{
    /// <summary>
    /// The events of a sweep from its start, or from a cursor on: its state at once, the trials that ended, and about
    /// once a second how the curves of running trials grow. Ends with the sweep, or when it is removed. Events may be
    /// told twice after an interruption, and none is lost.
    /// </summary>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="lastEventId">Id of the last event that was received; null, or one that is not known, for all of them.</param>
    /// <param name="cancellationToken">Stops following.</param>
    /// <exception cref="InputException">There is no such sweep.</exception>
    public async Task<IAsyncEnumerable<SweepEvent>> FollowAsync(
        string sweepId, string? lastEventId = null, CancellationToken cancellationToken = default)
    {
        await store.GetSweepAsync(sweepId, cancellationToken);
        return new SweepFollower(store, host, catalog, time, sweepId, lastEventId).RunAsync(cancellationToken);
    }

    /// <summary>Whether a follower has been told the end of a sweep, and nothing has been asked of the sweep since.</summary>
    /// <exception cref="InputException">There is no such sweep.</exception>
    public async Task<bool> HasToldEndAsync(string sweepId, string? lastEventId, CancellationToken cancellationToken = default)
    {
        if (!SweepFollower.IsEndId(lastEventId)) return false;
        var document = await store.GetSweepAsync(sweepId, cancellationToken);
        return document.State.IsEnded() && lastEventId == SweepFollower.EndId(document);
    }
}
