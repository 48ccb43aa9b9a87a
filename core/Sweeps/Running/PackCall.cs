using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// One call of the training activity. A trial goes on from the end of the one before it in the pack where the two differ in epochs
/// alone, so that all of those together are one training.
/// </summary>
/// <param name="plan">The sweep's plan.</param>
/// <param name="pack">The trials to train.</param>
/// <param name="device">What trains them.</param>
internal sealed class PackCall(SweepPlan plan, TrialPack pack, ITrainingDevice device)
{
    // What may be ended early has no end to go on from.
    private readonly int[][] _chains = pack.Stops is null
        ? [.. TrialPacks.Chains(plan.Trials, pack.Indices)]
        : [.. pack.Indices.Select(index => (int[])[index])];

    public SweepPlan Plan => plan;

    public TrialPack Pack => pack;

    public ITrainingDevice Device => device;

    /// <summary>Positions of the trials that the device takes at once, in the order in which they are trained.</summary>
    public IEnumerable<int[]> Goes => _chains
        .Chunk(Math.Max(1, device.Capacity.MaxTrials))
        .Select(chains => chains.SelectMany(chain => chain).ToArray());

    /// <summary>The last trial that was broken off because the sweep is halted; null while there is none.</summary>
    public TrialOutcome? Halted { get; private set; }

    /// <summary>The longest trial of the pack that this one goes on from, or null.</summary>
    public Trial? Shorter(Trial trial) => pack.Stops is not null ? null : pack.Indices
        .Select(index => plan.Trials[index])
        .Where(shorter => TrialPacks.GoesOnFrom(trial, shorter))
        .MaxBy(shorter => shorter.Parameters.Epochs);

    /// <summary>Takes note of how trials ended.</summary>
    public void Note(IEnumerable<TrialOutcome> outcomes) =>
        Halted = outcomes.FirstOrDefault(outcome => outcome.State.IsBrokenOff()) ?? Halted;
}
