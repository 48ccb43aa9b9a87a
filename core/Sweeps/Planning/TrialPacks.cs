using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>Groups trials into packs, each of which a device trains side by side.</summary>
internal static class TrialPacks
{
    // The answer to a pack passes through orchestration state, which has its limits.
    private const int MostTrials = 256;

    /// <summary>
    /// Positions of a plan's trials in the order in which to start them: the longest first, and beside it those that it goes on from,
    /// so that parts of a large sweep cut few of them apart.
    /// </summary>
    public static IReadOnlyList<int> Order(SweepPlan plan) => [.. Chains(plan.Trials, plan.LongestFirst()).SelectMany(chain => chain)];

    /// <summary>
    /// Packs of trials of one batch size and one split, in the given order, each as full as the device takes it. So few packs, and
    /// trials of about the same cost beside each other. Those that differ in epochs alone are in one pack and count as one, because
    /// each goes on from the one before.
    /// </summary>
    /// <param name="trials">Every trial of the plan, all on one data set.</param>
    /// <param name="order">Positions of the trials to pack, the longest first.</param>
    /// <param name="capacity">What the device takes at once.</param>
    /// <param name="dataset">The data set.</param>
    public static IReadOnlyList<int[]> Form(
        IReadOnlyList<Trial> trials, IReadOnlyList<int> order, DeviceCapacity capacity, DatasetInfo dataset)
    {
        var most = Math.Min(capacity.MaxTrials, MostTrials);
        var chains = Chains(trials, order);
        if (most <= 1) return [.. chains];

        // Rows that are held out of the training set are counted twice, which is on the safe side.
        var memory = new PackMemory(dataset.Train.Rows, dataset.Test.Rows, dataset.Features, dataset.Classes.Length);
        var free = capacity.MemoryBytes - memory.DataSetBytes;
        var packs = new List<int[]>();
        foreach (var group in chains.GroupBy(chain => (trials[chain[0]].Parameters.BatchSize, trials[chain[0]].Validation)))
        {
            var (pack, sideBySide, left) = (new List<int>(), 0, free);
            foreach (var chain in group)
            {
                var bytes = memory.TrialBytes(trials[chain[0]].Parameters);
                if (sideBySide == most || pack.Count + chain.Length > MostTrials || (sideBySide > 0 && bytes > left))
                {
                    packs.Add([.. pack]);
                    (pack, sideBySide, left) = ([], 0, free);
                }

                pack.AddRange(chain);
                sideBySide++;
                left -= bytes;
            }

            packs.Add([.. pack]);
        }

        return packs;
    }

    /// <summary>
    /// Whether a trial's weights pass through those of another on their way: the trials differ in epochs alone, and the rate does not
    /// depend on how many there are.
    /// </summary>
    public static bool GoesOnFrom(Trial trial, Trial shorter) =>
        shorter.Parameters.Epochs < trial.Parameters.Epochs && ChainOf(shorter) == ChainOf(trial);

    /// <summary>Trials that fit side by side whichever of them they are, 1 or more.</summary>
    public static int Least(IReadOnlyList<HyperParameters> trials, DeviceCapacity capacity, DatasetInfo dataset)
    {
        var most = Math.Min(capacity.MaxTrials, MostTrials);
        if (most <= 1 || trials.Count == 0) return 1;
        var memory = new PackMemory(dataset.Train.Rows, dataset.Test.Rows, dataset.Features, dataset.Classes.Length);
        var fit = (capacity.MemoryBytes - memory.DataSetBytes) / trials.Max(memory.TrialBytes);
        return (int)Math.Clamp(fit, 1, most);
    }

    /// <summary>Trials a part, so that the parts of a large sweep are made of whole packs where they can be.</summary>
    /// <param name="trials">Trials a part where each is a pack of its own.</param>
    /// <param name="capacity">What the device takes at once.</param>
    public static int PartSize(int trials, DeviceCapacity capacity)
    {
        var most = Math.Clamp(capacity.MaxTrials, 1, MostTrials);
        return Math.Max(most, trials / most * most);
    }

    /// <summary>
    /// Those among trials that differ in epochs alone, from the shortest on, where the longest of them stands in the order; most trials
    /// are by themselves.
    /// </summary>
    public static IEnumerable<int[]> Chains(IReadOnlyList<Trial> trials, IReadOnlyList<int> order) => order
        .GroupBy(index => ChainOf(trials[index]))
        .SelectMany(chain => chain.OrderBy(index => trials[index].Parameters.Epochs).Chunk(MostTrials));

    private static (HyperParameters, ValidationRule) ChainOf(Trial trial) => trial.Parameters.Schedule == LearningRateSchedule.Constant
        ? (trial.Parameters with { Epochs = 1 }, trial.Validation)
        : (trial.Parameters, trial.Validation);
}
