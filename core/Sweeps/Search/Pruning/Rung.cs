namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>The trials that have passed one check, the best first; of equals the one with the lower number.</summary>
internal sealed class Rung
{
    private readonly List<(float Score, int Trial)> _entries = [];

    public int Count => _entries.Count;

    public int this[int rank] => _entries[rank].Trial;

    public void Add(float score, int trial)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var (other, number) = _entries[middle];
            if (other > score || (other == score && number < trial)) low = middle + 1;
            else high = middle;
        }

        _entries.Insert(low, (score, trial));
    }
}
