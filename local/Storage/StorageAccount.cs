using System.Net.Sockets;
using Azure.Identity;
using Azure.Storage.Blobs;
using MusicPipeline.Storage;

namespace MusicPipeline.Local.Storage;

/// <summary>The account that a command works on, and the Azurite behind it where there is one.</summary>
internal sealed class StorageAccount : IAsyncDisposable
{
    private readonly AzuriteKeeper? _azurite;

    private StorageAccount(BlobServiceClient blobs, string description, AzuriteKeeper? azurite)
    {
        Blobs = blobs;
        Description = description;
        _azurite = azurite;
    }

    /// <summary>Client of the blob service.</summary>
    public BlobServiceClient Blobs { get; }

    /// <summary>Where the data is, for people.</summary>
    public string Description { get; }

    /// <summary>Connection string of our own Azurite, whose key is no secret; null for any other account.</summary>
    public string? ConnectionString => _azurite?.Endpoints.ConnectionString;

    /// <summary>Fails when our own Azurite has died for good; does not end otherwise.</summary>
    public Task Kept => _azurite?.Kept ?? Task.Delay(Timeout.Infinite);

    /// <summary>Opens the account that the settings name, or our own Azurite, installing it on first use.</summary>
    /// <param name="repository">The clone, with <c>infra/azurite</c>.</param>
    /// <param name="settings">See <see cref="StorageSettings.Read"/>.</param>
    /// <param name="say">Where a line of progress goes.</param>
    /// <param name="cancellation">Ends the waiting, and what was started for it.</param>
    /// <exception cref="SetupException">The settings are unusable, or Azurite cannot be installed or started.</exception>
    public static async Task<StorageAccount> OpenAsync(
        string repository, StorageSettings settings, Action<string> say, CancellationToken cancellation)
    {
        if (settings.ConnectionString is { } text) return await ConnectAsync(text, cancellation);
        if (settings.BlobServiceUri is { } uri)
        {
            var identity = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = settings.ClientId });
            return new StorageAccount(StorageClient.Create(uri, identity), uri.ToString(), azurite: null);
        }

        settings.CheckDataFolder();
        var host = Path.Combine(repository, "infra", "azurite");
        await new AzuriteInstaller(host, say).EnsureAsync(cancellation);
        var azurite = await AzuriteKeeper.OpenAsync(new Azurite(host, settings.DataFolder), MakeContainersAsync, say, cancellation);
        var blobs = StorageClient.Create(azurite.Endpoints.ConnectionString);
        return new StorageAccount(blobs, $"Azurite at {blobs.Uri}, data in {settings.DataFolder}", azurite);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null) await _azurite.DisposeAsync();
    }

    private static Task MakeContainersAsync(AzuriteEndpoints endpoints, CancellationToken cancellation) =>
        new BlobArtifactStore(new BlobServiceClient(endpoints.ConnectionString)).EnsureContainersAsync(cancellation);

    private static async Task<StorageAccount> ConnectAsync(string connectionString, CancellationToken cancellation)
    {
        var blobs = CreateClient(connectionString);
        if (blobs.Uri.IsLoopback) await ExpectListenerAsync(blobs.Uri, cancellation);
        return new StorageAccount(blobs, blobs.Uri.ToString(), azurite: null);
    }

    private static BlobServiceClient CreateClient(string connectionString)
    {
        try
        {
            return StorageClient.Create(connectionString);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new SetupException(
                "AzureWebJobsStorage is no connection string of a storage account",
                "copy it from the account's access keys, or unset it to use Azurite",
                exception);
        }
    }

    // The client would try for half a minute before it gave up on a port where nobody listens.
    private static async Task ExpectListenerAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(address.Host, address.Port, cancellation);
        }
        catch (SocketException exception)
        {
            throw new SetupException(
                $"nothing listens at {address}, where AzureWebJobsStorage points",
                "start Azurite there, or unset AzureWebJobsStorage to have one started",
                exception);
        }
    }
}
