using MusicPipeline.Data;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Training.Packs;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Writes the plan of a sweep on record and marks the sweep as running.</summary>
public sealed class PlanSweepActivity(
    IArtifactStore store, PlanCache plans, DatasetStore datasets, SweepCapacity capacity, TimeProvider time)
{
    /// <summary>Plans a sweep; planning it again gives the same plan.</summary>
    /// <exception cref="Errors.InputException">There is no such sweep.</exception>
    public async Task<PlannedSweep> RunAsync(SweepStart start, CancellationToken cancellationToken = default)
    {
        var sweepId = start.SweepId;
        var document = await store.UpdateJsonAsync<SweepDocument>(
            SweepDocuments.PathOf(sweepId), Begin, cancellationToken) ?? throw SweepDocuments.NoSuchSweep(sweepId);
        if (document.IsOpen) await store.OpenAsync(document, cancellationToken);
        var plan = await PlanAsync(document, cancellationToken);
        // The sweep may have been deleted and started again: its runs are counted from 1 on again.
        plans.Forget(sweepId);
        var request = document.Current;
        var maxParallel = Math.Min(capacity.ParallelTrials, request.MaxParallel ?? int.MaxValue);
        var partSize = TrialPacks.PartSize(capacity.TrialsPerOrchestration, start.Device);
        var search = request.Searches ? await SearchAsync(document, request, plan, start.Device, maxParallel, cancellationToken) : null;
        return new PlannedSweep(
            plan.Total,
            plan.Trials.Sum(SweepPlan.Cost),
            maxParallel,
            partSize,
            search is not null || plan.Trials.Count > partSize ? null : await WholeAsync(plan, start.Device, cancellationToken),
            document.Halt,
            document.Run,
            request.Device,
            start.Device.MaxTrials > 1 ? start.Device : null,
            document.Priority)
        {
            Yields = (await ReadOrdersActivity.OfAsync(document, store, capacity, cancellationToken)).Yields,
            Search = search,
            Baselines = plan.Baselines?.Count ?? 0,
        };
    }

    private async Task<SweepPlan> PlanAsync(SweepDocument document, CancellationToken cancellationToken)
    {
        var path = BlobPaths.Sweep(document.Id, SweepFiles.Plan);
        var plan = SweepExtensions.Plan(document);
        if (!document.Request.Learns)
        {
            await store.WriteJsonAsync(path, plan, cancellationToken);
            return plan;
        }

        // The trials of earlier runs stay. This activity may be delivered again when the plan has grown.
        if (await store.FindAsync(path, cancellationToken) is null)
        {
            var known = await RecordedObservations.ReadAsync(store, plan, document.Request, cancellationToken);
            await store.TryCreateJsonAsync(path, plan with { Growth = plan.Growth! with { Known = known } }, cancellationToken);
        }

        return await store.UpdateJsonAsync<SweepPlan>(
            path, present => present.Run >= document.Run ? present : SweepExtensions.Grown(document, present), cancellationToken) ?? plan;
    }

    private async Task<PlannedPart> WholeAsync(SweepPlan plan, DeviceCapacity device, CancellationToken cancellationToken)
    {
        var dataset = await datasets.GetInfoAsync(plan.Dataset, plan.DatasetVersion, cancellationToken);
        return PlannedPart.Of(plan, TrialPacks.Form(plan.Trials, plan.LongestFirst(), device, dataset));
    }

    private async Task<SearchPlan> SearchAsync(
        SweepDocument document, SweepRequest request, SweepPlan plan, DeviceCapacity device, int maxParallel, CancellationToken cancellationToken)
    {
        var dataset = await datasets.GetInfoAsync(plan.Dataset, plan.DatasetVersion, cancellationToken);
        var points = plan.Trials.Select(trial => trial.Parameters).ToList();
        if (plan.Growth is not null) points.Add(SampledPoints.SpaceOf(SweepExtensions.RequestOf(document)).Largest());
        var packSize = TrialPacks.Least(points, device, dataset);
        return new SearchPlan(request.Pruner ?? new PrunerRequest(), request.Stop, packSize)
        {
            Learning = plan.Growth is null ? null : Learning(request, plan, packSize, maxParallel),
        };
    }

    private static LearningPlan Learning(SweepRequest request, SweepPlan plan, int packSize, int maxParallel)
    {
        var trialsAPoint = (request.Repeats ?? 1) * (plan.Validation.Folds ?? 1);
        // With twice as many places as workers have trials, hardly any worker waits for a long trial to end.
        var lag = maxParallel == 1 ? packSize : (int)Math.Min(2L * maxParallel * packSize, SweepPlanner.MaxTrials);
        return new LearningPlan(plan.Trials.Count, (packSize + trialsAPoint - 1) / trialsAPoint, lag, plan.Growth!.Since);
    }

    // An activity may be delivered again after its sweep has ended; that must not bring the sweep back.
    private SweepDocument Begin(SweepDocument present) => present.IsOpen
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
