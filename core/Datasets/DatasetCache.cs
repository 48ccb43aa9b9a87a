namespace MusicPipeline.Datasets;

/// <summary>
/// Keeps the data set that was used last in memory, so that the trials of a sweep read it once. Concurrent callers
/// share one read.
/// </summary>
public sealed class DatasetCache(DatasetStore datasets)
{
    private readonly Lock _gate = new();
    private (string Name, string Version) _key;
    private Task<Dataset>? _load;

    /// <summary>The version, from memory where it was the last one used.</summary>
    public async Task<Dataset> GetAsync(string name, string version, CancellationToken cancellationToken = default)
    {
        Task<Dataset> load;
        lock (_gate)
        {
            if (_load is null || _load.IsFaulted || _load.IsCanceled || _key != (name, version))
            {
                // Not the caller's token: the read serves every caller.
                _load = datasets.LoadAsync(name, version, CancellationToken.None);
                _key = (name, version);
            }

            load = _load;
        }

        return await load.WaitAsync(cancellationToken);
    }
}
