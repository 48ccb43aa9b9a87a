using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>Reads plans from storage, and keeps the last one: a worker trains many trials of one sweep.</summary>
public sealed class PlanCache(IArtifactStore store)
{
    private SweepPlan? _last;

    /// <summary>The plan of a sweep.</summary>
    /// <exception cref="InputException">The sweep has no plan.</exception>
    public async Task<SweepPlan> GetAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        // A sweep's id is a hash of its plan, so a plan that was read once stays right.
        if (Volatile.Read(ref _last) is { } last && last.SweepId == sweepId) return last;
        var plan = await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(sweepId, SweepFiles.Plan), cancellationToken)
            ?? throw SweepService.NoSuchSweep(sweepId);
        Volatile.Write(ref _last, plan);
        return plan;
    }
}
