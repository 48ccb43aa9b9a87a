namespace MusicPipeline.Data;

/// <summary>
/// Keeps the data sets that were used last in memory, as many as fit into a budget and at least one, so that the trials of
/// several sweeps at once each read theirs once. Concurrent callers share one read.
/// </summary>
public sealed class DatasetCache
{
    private const long DefaultBudget = 1L << 30;

    private readonly DatasetStore _datasets;
    private readonly long _budget;
    private readonly Lock _gate = new();

    // The one used last comes first.
    private readonly LinkedList<Entry> _entries = [];

    /// <summary>A cache of 1 GiB.</summary>
    public DatasetCache(DatasetStore datasets)
        : this(datasets, DefaultBudget)
    {
    }

    /// <param name="datasets">Where they are read from.</param>
    /// <param name="budget">Bytes of features that are kept.</param>
    internal DatasetCache(DatasetStore datasets, long budget) => (_datasets, _budget) = (datasets, budget);

    /// <summary>The version, from memory where it was used not long ago.</summary>
    public async Task<Dataset> GetAsync(string name, string version, CancellationToken cancellationToken = default)
    {
        Entry entry;
        lock (_gate)
        {
            if (_entries.FirstOrDefault(kept => kept.Key == (name, version)) is { } known) _entries.Remove(known);
            else known = null;
            // Not the caller's token: the read serves every caller.
            entry = known is { Load: { IsFaulted: false, IsCanceled: false } }
                ? known
                : new Entry((name, version), _datasets.LoadAsync(name, version, CancellationToken.None));
            _entries.AddFirst(entry);
        }

        var dataset = await entry.Load.WaitAsync(cancellationToken);
        lock (_gate) Trim(entry, dataset);
        return dataset;
    }

    private static long SizeOf(Dataset dataset) =>
        sizeof(float) * ((long)dataset.Train.Features.Length + dataset.Test.Features.Length);

    private void Trim(Entry entry, Dataset dataset)
    {
        entry.Bytes = SizeOf(dataset);
        // One that could not be read is read anew by whoever asks next.
        foreach (var failed in _entries.Where(kept => kept.Load.IsFaulted).ToList()) _entries.Remove(failed);
        var bytes = _entries.Sum(kept => kept.Bytes);
        while (bytes > _budget && _entries.Count > 1)
        {
            bytes -= _entries.Last!.Value.Bytes;
            _entries.RemoveLast();
        }
    }

    private sealed class Entry((string Name, string Version) key, Task<Dataset> load)
    {
        public (string Name, string Version) Key => key;

        public Task<Dataset> Load => load;

        public long Bytes { get; set; }
    }
}
