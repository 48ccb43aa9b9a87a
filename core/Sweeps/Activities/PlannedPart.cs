using MusicPipeline.Sweeps.Planning;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>Trials that one orchestration runs itself.</summary>
/// <param name="Order">Positions of the trials in the plan, in the order in which to start them.</param>
/// <param name="Costs">Relative cost of each, in the same order.</param>
/// <param name="CancelRequested">Whether the sweep was cancelled before the part could start.</param>
public sealed record PlannedPart(
    IReadOnlyList<int> Order, IReadOnlyList<double> Costs, bool CancelRequested = false)
{
    /// <summary>No trials.</summary>
    internal static PlannedPart None { get; } = new([], []);

    /// <summary>Some of a plan's trials, the longest first.</summary>
    internal static PlannedPart Of(SweepPlan plan, int first, int count, bool cancelRequested)
    {
        int[] order = [.. plan.LongestFirst().Skip(first).Take(count)];
        return new PlannedPart(order, [.. order.Select(index => SweepPlan.Cost(plan.Trials[index]))], cancelRequested);
    }
}
