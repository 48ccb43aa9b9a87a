using Microsoft.Extensions.Logging;
using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;

namespace MusicPipeline.Collections;

/// <summary>Why a run made no data set.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Run">The run.</param>
/// <param name="Asked">How often it had been asked for when its recordings were listed; 0 where they were not.</param>
/// <param name="Reason">One sentence.</param>
public sealed record CollectFault(string Collection, int Run, int Asked, string Reason);

/// <summary>
/// Puts on record that the recordings of a collection were refused; an earlier version of the data set stays the current one.
/// </summary>
public sealed class FailCollectActivity(IArtifactStore store, ILogger<FailCollectActivity> logger)
{
    /// <summary>Writes it, and the end of the run.</summary>
    /// <returns>Whether the run has ended; false where it was asked for again since its recordings were listed.</returns>
    public async Task<bool> RunAsync(CollectFault fault, CancellationToken cancellationToken = default)
    {
        var state = await CollectStates.GetAsync(store, fault.Collection, cancellationToken);
        // An activity may be delivered again long after its run has ended.
        if (state.Run != fault.Run || !state.IsRunning) return true;
        Log.NotCollected(logger, fault.Collection, fault.Reason);
        var results = new CollectionResults(fault.Collection, state.Recipe, Version: null, fault.Reason, [], [], [], []);
        await BuildCollectionActivity.WriteAsync(store, results, cancellationToken);
        var asked = fault.Asked == 0 ? state.Asked : fault.Asked;
        return await BuildCollectionActivity.EndAsync(store, fault.Collection, fault.Run, asked, cancellationToken);
    }
}
