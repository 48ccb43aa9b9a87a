using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running;

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

    /// <summary>See <see cref="SweepOrders.Yields"/>.</summary>
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
