using Azure.Storage.Blobs;
using MusicPipeline.Local.Storage;
using MusicPipeline.Local.Tests;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedAzurite))]

namespace MusicPipeline.Local.Tests;

/// <summary>One Azurite for all tests that need no more of it than a storage account; started when first asked for.</summary>
public sealed class SharedAzurite : IAsyncDisposable
{
    private const int Accounts = 100;

    // What every Azurite has unless it is told of others, see AzuriteEndpoints.
    private const string DefaultAccount = "devstoreaccount1";

    private readonly TemporaryFolder _data = new();
    private readonly Lazy<Task<AzuriteLease>> _lease;
    private int _accounts;

    /// <summary>Starts nothing yet.</summary>
    public SharedAzurite() => _lease = new Lazy<Task<AzuriteLease>>(StartAsync);

    /// <summary>A client of an account that many tests share, whose containers are there.</summary>
    public async Task<BlobServiceClient> OpenAsync()
    {
        var blobs = new BlobServiceClient((await _lease.Value).Endpoints.ConnectionString);
        await new BlobArtifactStore(blobs).EnsureContainersAsync();
        return blobs;
    }

    /// <summary>Connection string of an account that nobody else has, with nothing in it.</summary>
    public async Task<string> NewAccountAsync()
    {
        var number = Interlocked.Increment(ref _accounts);
        Assert.InRange(number, 1, Accounts);
        return (await _lease.Value).Endpoints.ConnectionString.Replace(DefaultAccount, Name(number), StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_lease.IsValueCreated) await (await _lease.Value).DisposeAsync();
        _data.Dispose();
    }

    private static string Name(int account) => $"music{account}";

    private async Task<AzuriteLease> StartAsync()
    {
        // Those that other tests start from now on have these accounts, too, and make nothing of them.
        const string setting = "AccountKey=";
        var key = Array.Find(
            new AzuriteEndpoints(0, 0, 0, 0, 0).ConnectionString.Split(';'),
            part => part.StartsWith(setting, StringComparison.Ordinal))![setting.Length..];
        var names = Enumerable.Range(1, Accounts).Select(Name).Prepend(DefaultAccount);
        Environment.SetEnvironmentVariable("AZURITE_ACCOUNTS", string.Concat(names.Select(name => $"{name}:{key};")));
        return await new Azurite(await AzuriteFolder.InstalledAsync(), _data.FullPath).OpenAsync(CancellationToken.None);
    }
}
