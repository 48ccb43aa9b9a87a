using Azure.Storage.Blobs;
using MusicPipeline.Local.Storage;
using MusicPipeline.Local.Tests;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedAzurite))]

namespace MusicPipeline.Local.Tests;

/// <summary>One Azurite for all tests that need a storage account and nothing of their own in it; started when first asked for.</summary>
public sealed class SharedAzurite : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly Lazy<Task<AzuriteLease>> _lease;

    /// <summary>Starts nothing yet.</summary>
    public SharedAzurite() => _lease = new Lazy<Task<AzuriteLease>>(async () =>
        await new Azurite(await AzuriteFolder.InstalledAsync(), _data.FullPath).OpenAsync(CancellationToken.None));

    /// <summary>A client of the account, whose containers are there.</summary>
    public async Task<BlobServiceClient> OpenAsync()
    {
        var blobs = new BlobServiceClient((await _lease.Value).Endpoints.ConnectionString);
        await new BlobArtifactStore(blobs).EnsureContainersAsync();
        return blobs;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_lease.IsValueCreated) await (await _lease.Value).DisposeAsync();
        _data.Dispose();
    }
}
