namespace MusicPipeline.Reports.Charts;

/// <summary>Moves labels apart that want to stand in the same place.</summary>
internal static class LabelSpacing
{
    /// <summary>
    /// The nearest places, in the order of the wishes, that are at least <paramref name="gap"/> apart and inside the
    /// limits where there is room: neighbours that collide become a block around the mean of their wishes (pooling of
    /// adjacent violators, the least-squares solution).
    /// </summary>
    /// <param name="wishes">Where each label would like to be; any order, no NaN.</param>
    /// <param name="gap">Least distance.</param>
    /// <param name="lowest">Smallest place.</param>
    /// <param name="highest">Largest place.</param>
    public static double[] Spread(IReadOnlyList<double> wishes, double gap, double lowest, double highest)
    {
        // With i gaps taken off, "at least a gap apart" becomes "not descending".
        var order = Enumerable.Range(0, wishes.Count).OrderBy(i => wishes[i]).ToArray();
        var blocks = new List<(double Sum, int Count)>();
        for (var i = 0; i < order.Length; i++)
        {
            var block = (Sum: wishes[order[i]] - (i * gap), Count: 1);
            while (blocks.Count > 0 && Mean(blocks[^1]) >= Mean(block))
            {
                block = (block.Sum + blocks[^1].Sum, block.Count + blocks[^1].Count);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        var places = new double[wishes.Count];
        var room = Math.Max(lowest, highest - ((wishes.Count - 1) * gap));
        var next = 0;
        foreach (var block in blocks)
        {
            for (var i = 0; i < block.Count; i++, next++)
                places[order[next]] = Math.Clamp(Mean(block), lowest, room) + (next * gap);
        }

        return places;
    }

    private static double Mean((double Sum, int Count) block) => block.Sum / block.Count;
}
