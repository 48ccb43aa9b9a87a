using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>Reads the trials of one part from the plan of a large sweep.</summary>
public sealed class PlanSweepPartActivity(IArtifactStore store, PlanCache plans)
{
    /// <summary>The part's trials, and whether the sweep was cancelled meanwhile.</summary>
    /// <exception cref="Errors.InputException">There is no such sweep.</exception>
    public async Task<PlannedPart> RunAsync(SweepRange range, CancellationToken cancellationToken = default)
    {
        var plan = await plans.GetAsync(range.SweepId, cancellationToken);
        var cancel = await store.FindAsync(BlobPaths.Sweep(range.SweepId, SweepFiles.CancelFlag), cancellationToken);
        return PlannedPart.Of(plan, range.First, range.Count, cancelRequested: cancel is not null);
    }
}
