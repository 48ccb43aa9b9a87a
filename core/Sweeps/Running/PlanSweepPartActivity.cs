using MusicPipeline.Data;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Training.Packs;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Reads the trials of one part from the plan of a large sweep.</summary>
public sealed class PlanSweepPartActivity(IArtifactStore store, PlanCache plans, DatasetStore datasets, SweepCapacity capacity)
{
    /// <summary>The part's trials, and whether the sweep was cancelled meanwhile.</summary>
    /// <exception cref="Errors.InputException">There is no such sweep.</exception>
    public async Task<PlannedPart> RunAsync(SweepRange range, CancellationToken cancellationToken = default)
    {
        var plan = await plans.GetAsync(range.SweepId, range.Run, range.First + range.Count, range.Since, cancellationToken);
        var document = await store.GetSweepAsync(range.SweepId, cancellationToken);
        var (halt, yields) = await ReadOrdersActivity.OfAsync(document, store, capacity, cancellationToken);
        if (SweepExtensions.AsPlanned(document, plan).Current.Searches)
            return PlannedPart.Searched(plan, plan.Shuffled(document.Request.Sampler is null or { Kind: SamplerKind.Grid }), halt) with { Yields = yields };
        int[] order = [.. plan.LongestFirst().Skip(range.First).Take(range.Count)];
        var packs = TrialPacks.Form(
            plan.Trials,
            order,
            range.Capacity ?? DeviceCapacity.OneTrial("cpu"),
            await datasets.GetInfoAsync(plan.Dataset, plan.DatasetVersion, cancellationToken));
        return PlannedPart.Of(plan, packs, halt) with { Yields = yields };
    }
}
