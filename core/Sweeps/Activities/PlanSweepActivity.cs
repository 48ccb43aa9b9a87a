using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>Writes the plan of a sweep on record and marks the sweep as running.</summary>
public sealed class PlanSweepActivity(IArtifactStore store, SweepCapacity capacity, TimeProvider time)
{
    /// <summary>Plans a sweep; planning it again gives the same plan.</summary>
    /// <exception cref="Errors.InputException">There is no such sweep.</exception>
    public async Task<PlannedSweep> RunAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        var sweep = BlobPaths.Sweep(sweepId, SweepFiles.Sweep);
        var document = await store.UpdateJsonAsync<SweepDocument>(
            sweep,
            present => present with
            {
                State = SweepState.Running,
                StartedAt = time.GetUtcNow(),
                FinishedAt = null,
                Error = null,
                Counts = null,
                Best = null,
                Failures = null,
            },
            cancellationToken) ?? throw SweepService.NoSuchSweep(sweepId);

        var plan = SweepPlanner.Plan(
            document.Request, document.Dataset, document.DatasetVersion, document.IdempotencyKey);
        await store.WriteJsonAsync(BlobPaths.Sweep(sweepId, SweepFiles.Plan), plan, cancellationToken);
        return new PlannedSweep(
            plan.LongestFirst(), [.. plan.Trials.Select(SweepPlan.Cost)], PackSize: 1, capacity.ParallelTrials);
    }
}
