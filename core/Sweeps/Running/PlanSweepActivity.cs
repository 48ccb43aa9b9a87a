using System.Text.Json.Serialization;
using MusicPipeline.Data;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Training;
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
        if (document.State.IsActive()) await store.OpenAsync(document, cancellationToken);
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
            Yields = (await ReadCommandsActivity.OfAsync(document, store, capacity, cancellationToken)).Yields,
            Search = search,
            Objective = plan.Objective,
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
        return PlannedPart.Of(plan, TrialPacks.Form(plan.Trials, TrialPacks.Order(plan), device, dataset));
    }

    private async Task<SearchPlan> SearchAsync(
        SweepDocument document,
        SweepRequest request,
        SweepPlan plan,
        DeviceCapacity device,
        int maxParallel,
        CancellationToken cancellationToken)
    {
        var dataset = await datasets.GetInfoAsync(plan.Dataset, plan.DatasetVersion, cancellationToken);
        var points = plan.Trials.Select(trial => trial.Parameters).ToList();
        if (plan.Growth is not null) points.Add(SampledPoints.SpaceOf(SweepExtensions.RequestOf(document)).Largest());
        var packSize = TrialPacks.Least(points, device, dataset);
        return new SearchPlan((request.Pruner ?? Pruner.Kinds.Default).By(plan.Objective), request.Stop, packSize)
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
    private SweepDocument Begin(SweepDocument present) => present.State.IsActive()
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

/// <summary>A sweep that is to be planned for the workers that will train it.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Device">How much a worker takes at once, as one of them has said.</param>
public sealed record SweepStart(string SweepId, DeviceCapacity Device);

/// <summary>
/// What the orchestration needs to know of a plan; the plan itself lies in storage. Its size does not grow with the
/// sweep: the trials of a large one are read part by part.
/// </summary>
/// <param name="Trials">Number of trials.</param>
/// <param name="Cost">Relative cost of all trials together.</param>
/// <param name="MaxParallel">Activities at once, over the whole sweep.</param>
/// <param name="PartSize">Trials a part: as many as one orchestration runs itself.</param>
/// <param name="Whole">The trials, where they are no more than a part; null where they come in parts.</param>
/// <param name="Halt">What the sweep was asked for before.</param>
/// <param name="Run">Number of the run that this plan is for; see <see cref="SweepDocument.Run"/>.</param>
/// <param name="Device">What the sweep asks to be trained on; null leaves it to the worker.</param>
/// <param name="Capacity">What a worker takes at once; null for one trial.</param>
/// <param name="Priority">See <see cref="SweepRequest.Priority"/>.</param>
public sealed record PlannedSweep(
    int Trials,
    double Cost,
    int MaxParallel,
    int PartSize,
    PlannedPart? Whole = null,
    HaltKind Halt = HaltKind.None,
    int Run = 1,
    DeviceChoice? Device = null,
    DeviceCapacity? Capacity = null,
    int Priority = 0)
{
    /// <summary>See <see cref="SweepCommands.Yields"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Yields { get; init; }

    /// <summary>What decides which trials start and go on; null where every trial is trained to its end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchPlan? Search { get; init; }

    /// <summary>By what trials are compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Objective Objective { get; init; }

    /// <summary>Number of baselines to train beside the trials, each fold counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Baselines { get; init; }
}

/// <summary>What decides, while a sweep runs, which trials start and go on.</summary>
/// <param name="Pruner">What ends trials early.</param>
/// <param name="Stop">When no more trials are started; null for when all have ended.</param>
/// <param name="PackSize">Trials that one activity trains side by side, 1 or more.</param>
public sealed record SearchPlan(Pruner Pruner, StopRequest? Stop, int PackSize)
{
    /// <summary>How points are chosen; null where they do not depend on results.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LearningPlan? Learning { get; init; }
}

/// <summary>How a sweep is run whose points depend on its results.</summary>
/// <param name="Planned">Trials that are in the plan by now.</param>
/// <param name="Points">Points to ask for at a time.</param>
/// <param name="Lag">
/// A trial's point is chosen from the results of those at least so many places before it, and when all of those are there. So the
/// order in which trials end makes no difference, and few workers wait.
/// </param>
/// <param name="Since">See <see cref="Planning.PlanGrowth.Since"/>.</param>
public sealed record LearningPlan(int Planned, int Points, int Lag, DateTimeOffset Since);
