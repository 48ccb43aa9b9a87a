using System.Text.Json.Serialization;
using MusicPipeline.Data;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Reads the trials of one part from the plan of a large sweep.</summary>
public sealed class PlanSweepPartActivity(IArtifactStore store, PlanCache plans, DatasetStore datasets, SweepCapacity capacity)
{
    /// <summary>The part's trials, and whether the sweep was cancelled meanwhile.</summary>
    /// <exception cref="Errors.InputException">There is no such sweep.</exception>
    public async Task<PlannedPart> RunAsync(SweepRange range, CancellationToken cancellationToken = default)
    {
        var plan = await plans.GetAsync(range.Key, range.First + range.Count, cancellationToken);
        var document = await store.GetSweepAsync(range.SweepId, cancellationToken);
        var (halt, yields) = await ReadCommandsActivity.OfAsync(document, store, capacity, cancellationToken);
        if (SweepExtensions.AsPlanned(document, plan).Current.Searches)
        {
            var isShuffled = document.Request.Sampler is null or { IsOrdered: true };
            return PlannedPart.Searched(plan, plan.Shuffled(isShuffled), halt) with { Yields = yields };
        }

        var device = range.Capacity ?? DeviceCapacity.OneTrial("cpu");
        var packs = TrialPacks.Form(
            plan.Trials,
            [.. TrialPacks.Order(plan).Skip(range.First).Take(range.Count)],
            device,
            await datasets.GetInfoAsync(plan.Dataset, plan.DatasetVersion, cancellationToken));
        return PlannedPart.Of(plan, packs, halt) with { Yields = yields };
    }
}

/// <summary>Trials that follow one another in the order in which a sweep starts them.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="First">Number of the first, from 0 on.</param>
/// <param name="Count">How many.</param>
/// <param name="Capacity">What a worker takes at once; null for one trial.</param>
/// <param name="Run">Number of the run whose plan it is; 0 for any.</param>
public sealed record SweepRange(string SweepId, int First, int Count, DeviceCapacity? Capacity = null, int Run = 0)
{
    /// <summary>Names the plan that it is about.</summary>
    internal RunKey Key => new(SweepId, Run, Since);

    /// <summary>See <see cref="PlanGrowth.Since"/>; null where the plan does not grow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }
}

/// <summary>Trials that one orchestration runs itself.</summary>
/// <param name="Order">Positions of the trials in the plan, in the order in which to start them.</param>
/// <param name="Costs">Relative cost of each, in the same order.</param>
/// <param name="Halt">What the sweep was asked for before.</param>
/// <param name="Packs">How many trials, in the same order, one activity trains at a time; null for one each.</param>
public sealed record PlannedPart(
    IReadOnlyList<int> Order,
    IReadOnlyList<double> Costs,
    HaltKind Halt = HaltKind.None,
    IReadOnlyList<int>? Packs = null)
{
    /// <summary>Epochs of each trial, in the same order; null in a sweep whose trials are all trained to their end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Epochs { get; init; }

    /// <summary>See <see cref="SweepCommands.Yields"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Yields { get; init; }

    /// <summary>No trials.</summary>
    internal static PlannedPart None { get; } = new([], []);

    /// <summary>The trials of each pack.</summary>
    internal IEnumerable<int[]> InPacks()
    {
        var first = 0;
        foreach (var size in Packs ?? [.. Enumerable.Repeat(1, Order.Count)])
        {
            yield return [.. Order.Skip(first).Take(size)];
            first += size;
        }
    }

    /// <summary>Trials of a plan that a search starts in the given order.</summary>
    internal static PlannedPart Searched(SweepPlan plan, IReadOnlyList<int> order, HaltKind halt) =>
        new(order, [.. order.Select(index => SweepPlan.Cost(plan.Trials[index]))], halt)
        {
            Epochs = [.. order.Select(index => plan.Trials[index].Parameters.Epochs)],
        };

    /// <summary>Trials of a plan that are packed already.</summary>
    internal static PlannedPart Of(SweepPlan plan, IReadOnlyList<int[]> packs, HaltKind halt = HaltKind.None)
    {
        int[] order = [.. packs.SelectMany(pack => pack)];
        return new PlannedPart(
            order,
            [.. order.Select(index => SweepPlan.Cost(plan.Trials[index]))],
            halt,
            packs.Any(pack => pack.Length > 1) ? [.. packs.Select(pack => pack.Length)] : null);
    }
}
