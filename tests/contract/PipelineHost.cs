using Azure.Storage.Blobs;
using MusicPipeline.Contract.Tests;

[assembly: AssemblyFixture(typeof(PipelineHost))]

namespace MusicPipeline.Contract.Tests;

/// <summary>
/// The running pipeline that every test of this project talks to. <c>MUSIC_BASE_URL</c> and <c>AzureWebJobsStorage</c>
/// name one that is up already, such as a Functions host; without them the local host is started on a fresh Azurite.
/// </summary>
public sealed class PipelineHost : IAsyncLifetime
{
    private LocalHost? _local;

    /// <summary>The API, with every answer checked against the OpenAPI document.</summary>
    public Api Api { get; private set; } = null!;

    /// <summary>The storage account that the pipeline watches and writes to.</summary>
    public Blobs Blobs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var url = Environment.GetEnvironmentVariable("MUSIC_BASE_URL");
        var storage = Environment.GetEnvironmentVariable("AzureWebJobsStorage");
        if (string.IsNullOrEmpty(url) || string.IsNullOrEmpty(storage))
        {
            _local = await LocalHost.StartAsync();
            (url, storage) = (_local.Url, _local.ConnectionString);
        }

        Blobs = new Blobs(new BlobServiceClient(storage));
        Api = await Api.ConnectAsync(new Uri(url));
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        if (_local is not null) await _local.DisposeAsync();
    }
}
