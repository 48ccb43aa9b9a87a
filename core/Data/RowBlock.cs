namespace MusicPipeline.Data;

/// <summary>Rows one after the other. Whoever gets a block may change and keep its arrays.</summary>
/// <param name="Features">rows x features, row-major, raw and finite.</param>
/// <param name="Labels">The label of each row.</param>
/// <param name="Groups">The group of each row, a position in <see cref="IRowSource.Groups"/>; null where there are none.</param>
public readonly record struct RowBlock(float[] Features, long[] Labels, int[]? Groups = null)
{
    /// <summary>All rows of a stream of blocks; those of a single block are not copied.</summary>
    internal static async Task<RowBlock> JoinAsync(IAsyncEnumerable<RowBlock> blocks)
    {
        var all = new List<RowBlock>();
        await foreach (var block in blocks) all.Add(block);
        return all.Count == 1
            ? all[0]
            : new RowBlock(
                Join(all.ConvertAll(block => block.Features)),
                Join(all.ConvertAll(block => block.Labels)),
                all.Exists(block => block.Groups is not null) ? Join(all.ConvertAll(block => block.Groups ?? [])) : null);
    }

    private static T[] Join<T>(List<T[]> parts)
    {
        var whole = new T[parts.Sum(part => part.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(whole, at);
            at += part.Length;
        }

        return whole;
    }
}
