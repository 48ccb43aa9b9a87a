using System.Diagnostics;
using Azure.Storage.Blobs;
using MusicPipeline.Local.Storage;
using MusicPipeline.Local.Tests;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.Storage;

public sealed class AzuriteTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Is_Shared_By_All_Who_Ask_At_Once()
    {
        var azurite = await CreateAsync();
        var leases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => azurite.OpenAsync(CancellationToken.None)));
        var pid = Assert.Single(leases.Select(lease => lease.Endpoints.Pid).Distinct());

        foreach (var lease in leases[1..]) await lease.DisposeAsync();
        await Blob(leases[0]).UploadAsync(BinaryData.FromString("still up"));
        await leases[0].DisposeAsync();
        await WaitForEndAsync(pid);
    }

    [Fact]
    public async Task Can_Be_Opened_Again_While_It_Closes()
    {
        var azurite = await CreateAsync();
        var lease = await azurite.OpenAsync(CancellationToken.None);
        for (var round = 0; round < 3; round++)
        {
            await Blob(lease).UploadAsync(BinaryData.FromString($"round {round}"), overwrite: true);
            var closing = lease.DisposeAsync();
            lease = await azurite.OpenAsync(CancellationToken.None);
            await closing;
            var read = await Blob(lease).DownloadContentAsync();
            Assert.Equal($"round {round}", read.Value.Content.ToString());
        }

        await lease.DisposeAsync();
    }

    [Fact]
    public async Task Ends_When_The_Program_That_Started_It_Is_Killed()
    {
        var folder = await AzuriteFolder.InstalledAsync();
        using var starter = StartHolder(folder);
        var pid = int.Parse((await starter.StandardOutput.ReadLineAsync())!);
        Assert.True(IsAlive(pid));

        starter.Kill();
        await WaitForEndAsync(pid);
        Assert.False(File.Exists(_data.File("host.json")));
    }

    [Fact]
    public async Task Outlives_Its_Starter_While_Others_Use_It()
    {
        var folder = await AzuriteFolder.InstalledAsync();
        using var starter = StartHolder(folder);
        var pid = int.Parse((await starter.StandardOutput.ReadLineAsync())!);
        await using (var lease = await new Azurite(folder, _data.FullPath).OpenAsync(CancellationToken.None))
        {
            Assert.Equal(pid, lease.Endpoints.Pid);
            starter.Kill();
            await starter.WaitForExitAsync();
            await Blob(lease).UploadAsync(BinaryData.FromString("still up"));
        }

        await WaitForEndAsync(pid);
    }

    [Fact]
    public async Task Is_Started_Anew_After_It_Was_Killed_Itself()
    {
        var azurite = await CreateAsync();
        await using var first = await azurite.OpenAsync(CancellationToken.None);
        using (var process = Process.GetProcessById(first.Endpoints.Pid))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await using var second = await azurite.OpenAsync(CancellationToken.None);
        await Blob(second).UploadAsync(BinaryData.FromString("up again"));
        Assert.NotEqual(first.Endpoints.Pid, second.Endpoints.Pid);
    }

    [Fact]
    public async Task Starts_In_Spite_Of_Damaged_Tables()
    {
        await File.WriteAllTextAsync(_data.File("__azurite_db_table__.json"), "{ damaged");
        var azurite = await CreateAsync();
        await using var lease = await azurite.OpenAsync(CancellationToken.None);
        await Blob(lease).UploadAsync(BinaryData.FromString("up"));
    }

    [Fact]
    public async Task Says_What_Is_Wrong_When_It_Cannot_Start()
    {
        await File.WriteAllTextAsync(_data.File("__azurite_db_blob__.json"), "{ damaged");
        var azurite = await CreateAsync();
        var exception = await Assert.ThrowsAsync<MusicPipeline.Local.SetupException>(() => azurite.OpenAsync(CancellationToken.None));
        Assert.Contains("Azurite did not start", exception.Message, StringComparison.Ordinal);
        Assert.Contains(_data.FullPath, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_With_Its_Last_User_Keeps_Its_Data_And_Finds_Blobs_Whose_Names_Look_Like_Numbers()
    {
        // To the database's index "10", "1e1", "010" and "0x0a" are equal.
        string[] names = ["10", "9", "1a", "1e1", "010", "0x0a", "a", "10/x", "1a/9", " 7", "Infinity", "-1", "9a", "100"];
        var azurite = await CreateAsync();
        for (var start = 0; start < 2; start++)
        {
            var lease = await azurite.OpenAsync(CancellationToken.None);
            foreach (var container in new[] { "one", "two" })
            {
                var blobs = new BlobContainerClient(lease.Endpoints.ConnectionString, container);
                await blobs.CreateIfNotExistsAsync();
                foreach (var name in start == 0 ? names : [.. names.Reverse()])
                {
                    var blob = blobs.GetBlobClient(name);
                    Assert.Equal(start > 0, await blob.ExistsAsync());
                    if (start > 0)
                        Assert.Equal(
                            name == "9a" ? "again" : $"{container} {name} 0", (await blob.DownloadContentAsync()).Value.Content.ToString());
                    await blob.UploadAsync(BinaryData.FromString($"{container} {name} {start}"), overwrite: true);
                }

                foreach (var name in names)
                    Assert.Equal(
                        $"{container} {name} {start}", (await blobs.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString());
                await blobs.DeleteBlobAsync("9a");
                Assert.False(await blobs.GetBlobClient("9a").ExistsAsync());
                await blobs.GetBlobClient("9a").UploadAsync(BinaryData.FromString("again"));
                Assert.Equal(names.Order(StringComparer.Ordinal), blobs.GetBlobs().Select(blob => blob.Name));
            }

            await lease.DisposeAsync();
            await WaitForEndAsync(lease.Endpoints.Pid);
            Assert.False(File.Exists(_data.File("host.json")));
        }
    }

    private async Task<Azurite> CreateAsync() => new(await AzuriteFolder.InstalledAsync(), _data.FullPath);

    /// <summary>A process that starts Azurite, takes a lease and prints Azurite's process id.</summary>
    private Process StartHolder(string folder)
    {
        const string Script = """
            const host = require("child_process").spawn(process.execPath, ["host.js", process.argv[1]]);
            host.stdout.once("data", line => {
              const { pid, controlPort } = JSON.parse(line);
              require("net").connect(controlPort, "127.0.0.1").once("data", () => console.log(pid));
            });
            """;
        return NodeTools.StartNode(folder, "-e", Script, _data.FullPath);
    }

    private static BlobClient Blob(AzuriteLease lease)
    {
        var container = new BlobContainerClient(lease.Endpoints.ConnectionString, "test");
        container.CreateIfNotExists();
        return container.GetBlobClient("blob");
    }

    private static async Task WaitForEndAsync(int pid)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (IsAlive(pid)) await Task.Delay(20, patience.Token);
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
