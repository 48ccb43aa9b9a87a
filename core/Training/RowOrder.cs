namespace MusicPipeline.Training;

/// <summary>The order of the training rows, shuffled anew for every epoch from the seed.</summary>
internal sealed class RowOrder
{
    private const int Stream = 2;

    private readonly Xoshiro256 _random;
    private readonly int[] _rows;

    /// <param name="rowCount">Rows.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="epochsDone">
    /// Epochs that were shuffled before; drawing their orders again costs less than a hundredth of training them.
    /// </param>
    /// <param name="cancellationToken">Read before every shuffle.</param>
    public RowOrder(int rowCount, int seed, int epochsDone = 0, CancellationToken cancellationToken = default)
    {
        _random = new Xoshiro256(seed, Stream);
        _rows = [.. Enumerable.Range(0, rowCount)];
        for (var epoch = 0; epoch < epochsDone; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Shuffle();
        }
    }

    /// <summary>Row indices in their present order.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Shuffles the present order (R. Fisher, F. Yates; D. Knuth's algorithm P).</summary>
    public void Shuffle()
    {
        for (var i = _rows.Length - 1; i > 0; i--)
        {
            var j = _random.NextInt(i + 1);
            (_rows[i], _rows[j]) = (_rows[j], _rows[i]);
        }
    }
}
