namespace MusicPipeline.Training.Cuda;

/// <summary>The row orders of a pack. Trials with one seed, at the same epoch, share one.</summary>
internal sealed class EpochOrders
{
    private readonly int _rowCount;
    private readonly RowOrder[] _orders;

    /// <exception cref="DeviceMemoryException">There are more orders than one array holds.</exception>
    public EpochOrders(int rowCount, IReadOnlyList<PackMember> members, CancellationToken cancellationToken)
    {
        _rowCount = rowCount;
        var streams = members.Select(member => (member.Parameters.Seed, member.Run.From?.Epochs.Count ?? 0)).ToArray();
        var distinct = streams.Distinct().ToArray();
        OfMember = [.. streams.Select(stream => Array.IndexOf(distinct, stream))];
        if ((long)rowCount * distinct.Length > Array.MaxLength)
            throw new DeviceMemoryException($"{distinct.Length} orders of {rowCount} rows do not fit into one buffer.");
        _orders = new RowOrder[distinct.Length];
        Parallel.For(0, distinct.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var (seed, epochsDone) = distinct[i];
            _orders[i] = new RowOrder(rowCount, seed, epochsDone, cancellationToken);
        });
        Next = new int[rowCount * distinct.Length];
    }

    /// <summary>The order of each member.</summary>
    public int[] OfMember { get; }

    /// <summary>The rows of the next epoch, [order, position].</summary>
    public int[] Next { get; }

    /// <summary>Shuffles every order for the epoch that comes.</summary>
    public void Shuffle() => Parallel.For(0, _orders.Length, i =>
    {
        _orders[i].Shuffle();
        _orders[i].Rows.CopyTo(Next.AsSpan(i * _rowCount, _rowCount));
    });
}
