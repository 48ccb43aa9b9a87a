namespace MusicPipeline.Uploads;

/// <summary>
/// One data set at a time in this process. The four arrays of a data set come together: the first makes the version,
/// the others find it made.
/// </summary>
public sealed class IngestionGate : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Runs the work when no other is running.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();
}
