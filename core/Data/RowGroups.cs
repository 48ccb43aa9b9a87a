namespace MusicPipeline.Data;

/// <summary>
/// The groups that rows belong to, such as the recordings that notes were taken from. Rows of a group, and groups of the same source,
/// are alike for reasons that have nothing to do with their class, so a split never divides them.
/// </summary>
/// <param name="OfRows">Group of each row, counted from 0.</param>
/// <param name="Units">For each group what may not be divided: groups of the same source have the same number, from 0 on.</param>
public sealed record RowGroups(int[] OfRows, int[] Units)
{
    /// <summary>The unit of a row.</summary>
    public int UnitOf(int row) => Units[OfRows[row]];

    /// <summary>The groups of some rows, with the numbers that they have here.</summary>
    public RowGroups Select(IEnumerable<int> rows) => this with { OfRows = [.. rows.Select(row => OfRows[row])] };
}

/// <summary>
/// A group of a data set's rows: an entry of <c>dataset.json</c>, whose position is the number in <c>train_groups.npy</c>.
/// </summary>
/// <param name="Name">Its name, such as <c>violin/scale-3.aiff</c>.</param>
/// <param name="Source">What it has in common with other groups, such as the player; null where nothing is known.</param>
public sealed record DatasetGroup(string Name, string? Source = null)
{
    /// <summary>The unit of each group: groups of the same source are one, and every other group is one by itself.</summary>
    public static int[] Units(IReadOnlyList<DatasetGroup> groups)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var units = new int[groups.Count];
        var count = 0;
        for (var i = 0; i < units.Length; i++)
        {
            if (groups[i].Source is not { } source) units[i] = count++;
            else if (!known.TryGetValue(source, out units[i])) known[source] = units[i] = count++;
        }

        return units;
    }
}
