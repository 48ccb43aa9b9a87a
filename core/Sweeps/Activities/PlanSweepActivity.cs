using MusicPipeline.Datasets;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Training.Packs;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>Writes the plan of a sweep on record and marks the sweep as running.</summary>
public sealed class PlanSweepActivity(IArtifactStore store, DatasetStore datasets, SweepCapacity capacity, TimeProvider time)
{
    /// <summary>Plans a sweep; planning it again gives the same plan.</summary>
    /// <exception cref="Errors.InputException">There is no such sweep.</exception>
    public async Task<PlannedSweep> RunAsync(SweepStart start, CancellationToken cancellationToken = default)
    {
        var sweepId = start.SweepId;
        var document = await store.UpdateJsonAsync<SweepDocument>(
            SweepDocuments.PathOf(sweepId), Begin, cancellationToken) ?? throw SweepService.NoSuchSweep(sweepId);

        var plan = SweepExtensions.Plan(document);
        await store.WriteJsonAsync(BlobPaths.Sweep(sweepId, SweepFiles.Plan), plan, cancellationToken);
        var partSize = TrialPacks.PartSize(capacity.TrialsPerOrchestration, start.Device);
        var search = document.Request.Searches ? await SearchAsync(document, plan, start.Device, cancellationToken) : null;
        return new PlannedSweep(
            plan.Trials.Count,
            plan.Trials.Sum(SweepPlan.Cost),
            Math.Min(capacity.ParallelTrials, document.Request.MaxParallel ?? int.MaxValue),
            partSize,
            search is not null || plan.Trials.Count > partSize ? null : await WholeAsync(plan, start.Device, cancellationToken),
            document.Halt,
            document.Run,
            document.Request.Device,
            start.Device.MaxTrials > 1 ? start.Device : null,
            document.Request.Priority ?? 0)
        {
            Search = search,
            Baselines = plan.Baselines?.Count ?? 0,
        };
    }

    private async Task<PlannedPart> WholeAsync(SweepPlan plan, DeviceCapacity device, CancellationToken cancellationToken)
    {
        var dataset = await datasets.GetInfoAsync(plan.Dataset, plan.DatasetVersion, cancellationToken);
        return PlannedPart.Of(plan, TrialPacks.Form(plan.Trials, plan.LongestFirst(), device, dataset));
    }

    private async Task<SearchPlan> SearchAsync(
        SweepDocument document, SweepPlan plan, DeviceCapacity device, CancellationToken cancellationToken)
    {
        var dataset = await datasets.GetInfoAsync(plan.Dataset, plan.DatasetVersion, cancellationToken);
        return new SearchPlan(
            document.Request.Pruner ?? new PrunerRequest(),
            document.Request.Stop,
            TrialPacks.Least(plan.Trials, device, dataset));
    }

    // An activity may be delivered again after its sweep has ended; that must not bring the sweep back.
    private SweepDocument Begin(SweepDocument present) => present.State is SweepState.Waiting or SweepState.Running
        ? present with
        {
            State = SweepState.Running,
            StartedAt = time.GetUtcNow(),
            FinishedAt = null,
            Error = null,
            StopCause = null,
            Counts = null,
            Best = null,
            Baselines = null,
            Failures = null,
        }
        : present;
}
