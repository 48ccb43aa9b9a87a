namespace MusicPipeline.Local.Storage;

/// <summary>A share in an Azurite that stays up: when it dies, it is started again on the same data and the same ports.</summary>
internal sealed class AzuriteKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Azurite _azurite;
    private readonly Func<AzuriteEndpoints, CancellationToken, Task> _prepareAsync;
    private readonly Action<string> _say;
    private AzuriteLease? _lease;

    private AzuriteKeeper(
        Azurite azurite, AzuriteLease lease, Func<AzuriteEndpoints, CancellationToken, Task> prepareAsync, Action<string> say)
    {
        (_azurite, _lease, _prepareAsync, _say) = (azurite, lease, prepareAsync, say);
        Endpoints = lease.Endpoints;
        Kept = KeepAsync();
    }

    /// <summary>Where the services listen, however often Azurite is started.</summary>
    public AzuriteEndpoints Endpoints { get; }

    /// <summary>Ends with the keeper; fails when Azurite died and could not be started again.</summary>
    public Task Kept { get; }

    /// <summary>Joins the Azurite that already serves the folder, or starts one.</summary>
    /// <param name="azurite">The folder's Azurite.</param>
    /// <param name="prepareAsync">Makes good what Azurite lost when it died: what was written in its last 5 s.</param>
    /// <param name="say">Told when Azurite was started again.</param>
    /// <param name="cancellation">Ends the start, not what is up.</param>
    /// <exception cref="SetupException">Node is missing or Azurite does not start.</exception>
    public static async Task<AzuriteKeeper> OpenAsync(
        Azurite azurite,
        Func<AzuriteEndpoints, CancellationToken, Task> prepareAsync,
        Action<string> say,
        CancellationToken cancellation) =>
        new(azurite, await azurite.OpenAsync(cancellation), prepareAsync, say);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Kept.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_lease is not null) await _lease.DisposeAsync();
        _ending.Dispose();
    }

    private async Task KeepAsync()
    {
        while (true)
        {
            try
            {
                await _lease!.LostAsync(_ending.Token);
                await _lease.DisposeAsync();
                _lease = null;
                _lease = await _azurite.ReopenAsync(Endpoints, _ending.Token);
                await _prepareAsync(Endpoints, _ending.Token);
                _say("The storage emulator Azurite had died and is up again, on the same data and ports.");
            }
            catch (OperationCanceledException) when (_ending.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
