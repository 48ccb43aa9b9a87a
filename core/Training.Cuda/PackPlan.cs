using MusicPipeline.Data;

namespace MusicPipeline.Training.Cuda;

/// <summary>Divides trials into packs that a device can take.</summary>
internal static class PackPlan
{
    /// <summary>
    /// The positions of each pack's trials: of one batch size and one kind of kernels each, within the capacity as far as it can be
    /// foreseen. Those that go on from the end of another take its place then, and are not among them.
    /// </summary>
    public static IEnumerable<int[]> Divide(TrainingSplit split, IReadOnlyList<PackMember> members, DeviceCapacity capacity)
    {
        var memory = new PackMemory(split.Training.Rows, split.Validation.Rows, split.Training.FeatureCount, split.Classes);
        var batchSizes = Enumerable.Range(0, members.Count)
            .Where(i => members[i].After is null)
            .GroupBy(i => (Math.Min(members[i].Parameters.BatchSize, split.Training.Rows), PackMemory.IsFused(members[i].Parameters)));
        foreach (var batchSize in batchSizes)
        {
            var pack = new List<int>();
            var bytes = memory.DataSetBytes;
            foreach (var i in batchSize)
            {
                var needed = memory.TrialBytes(members[i].Parameters);
                if (pack.Count > 0 && (pack.Count == capacity.MaxTrials || bytes + needed > capacity.MemoryBytes))
                {
                    yield return [.. pack];
                    pack.Clear();
                    bytes = memory.DataSetBytes;
                }

                pack.Add(i);
                bytes += needed;
            }

            yield return [.. pack];
        }
    }
}
