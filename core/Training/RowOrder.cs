namespace MusicPipeline.Training;

/// <summary>The order of the training rows, shuffled anew for every epoch from the seed.</summary>
internal sealed class RowOrder
{
    private const int Stream = 2;

    private readonly Xoshiro256 random;
    private readonly int[] rows;

    public RowOrder(int rowCount, int seed)
    {
        random = new Xoshiro256(seed, Stream);
        rows = [.. Enumerable.Range(0, rowCount)];
    }

    /// <summary>Row indices in their present order.</summary>
    public ReadOnlySpan<int> Rows => rows;

    /// <summary>Shuffles the present order (R. Fisher, F. Yates; D. Knuth's algorithm P).</summary>
    public void Shuffle()
    {
        for (var i = rows.Length - 1; i > 0; i--)
        {
            var j = random.NextInt(i + 1);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
    }
}
