using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MusicPipeline.Contract.Tests;
using MusicPipeline.Local.Storage;
using MusicPipeline.Local.Tests;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

public sealed class HostTests
{
    [Fact]
    public async Task Says_In_One_Sentence_Why_It_Cannot_Listen()
    {
        using var workspace = await Workspace.OpenAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var taken = await workspace.RunAsync("up", "--port", port.ToString());
        Assert.Equal(1, taken.ExitCode);
        Assert.Equal(
            $"music: the API cannot listen on port {port} (another program uses it); choose another one with --port.\n", taken.Error);
        Assert.Empty(taken.Output);

        var wrong = await workspace.RunAsync("up", "--port", "65536");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Matches(@"^music: --port: 65536 is no port; [^\n]+\.\n$", wrong.Error);
    }

    [Fact]
    public async Task Job_Control_Of_The_Terminal_Does_Not_Stop_The_Storage()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals here.");
        using var data = new TemporaryFolder();
        await using var lease = await new Azurite(await AzuriteFolder.InstalledAsync(), data.FullPath).OpenAsync(CancellationToken.None);
        using var azurite = Process.GetProcessById(lease.Endpoints.Pid);
        foreach (var signal in (string[])["TSTP", "TTIN", "TTOU"])
        {
            await Workspace.SignalAsync(azurite, signal);
            string[] upload = ["upload", RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff")];
            var result = await MusicProgram.RunInAsync(
                RepositoryPaths.Root, upload, ("AzureWebJobsStorage", lease.Endpoints.ConnectionString));
            Assert.True(result.ExitCode == 0, $"{signal}: {result.Error}");
        }
    }

    [Fact]
    public async Task Begins_When_Storage_That_Had_Lost_Its_Containers_Has_Them_Again()
    {
        using var workspace = await Workspace.OpenAsync();
        var looked = workspace.Relay.HoldAt(1, IsLook);
        using var host = workspace.Start("up", "--port", "0", "--json");
        var url = JsonDocument.Parse((await host.StandardOutput.ReadLineAsync())!).RootElement.GetProperty("url").GetString();
        await looked;
        var sweeps = workspace.Blobs.GetBlobContainerClient(Containers.Sweeps);
        await sweeps.DeleteAsync();

        workspace.Relay.Release();
        var again = workspace.Relay.HoldAt(1, IsLook);
        Assert.Equal(again, await Task.WhenAny(again, host.WaitForExitAsync()));
        await sweeps.CreateAsync();
        workspace.Relay.Release();

        using var http = AskingAgain.Client();
        using var answer = await http.GetAsync(url + "/api/sweeps");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Workspace.SignalAsync(host, "TERM");
        Assert.DoesNotContain("ContainerNotFound", (await Workspace.EndAsync(host)).Error, StringComparison.Ordinal);

        static bool IsLook(string request) => request.StartsWith("GET /", StringComparison.Ordinal)
            && request.Contains($"/{Containers.Sweeps}?", StringComparison.Ordinal)
            && request.Contains("comp=list", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Cancel_Reaches_A_Sweep_Of_Another_Process()
    {
        using var workspace = await Workspace.OpenAsync();
        await workspace.IngestSamplesAsync();
        using var host = workspace.Start("up", "--port", "0", "--json");
        var url = JsonDocument.Parse((await host.StandardOutput.ReadLineAsync())!).RootElement.GetProperty("url").GetString();
        var second = workspace.Relay.HoldAt(2, StorageRelay.IsTrialRecord);
        using var program = workspace.Start(
            ["sweep", "--json", "--out", workspace.Out, "--hidden-units", "64", "--epochs", "10", "--learning-rate",
                .. Enumerable.Range(1, 200).Select(step => (step / 10_000.0).ToString())]);
        await second;

        using var http = AskingAgain.Client();
        var sweeps = JsonDocument.Parse(await http.GetStringAsync(url + "/api/sweeps"));
        var id = sweeps.RootElement[0].GetProperty("id").GetString();
        using var cancel = await http.PostAsync($"{url}/api/sweeps/{id}/cancel", content: null);
        Assert.Equal(HttpStatusCode.Accepted, cancel.StatusCode);

        workspace.Relay.Release();
        var result = await Workspace.EndAsync(program);
        var sweep = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("cancelled", sweep.GetProperty("state").GetString());
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("music: the sweep was cancelled, ", result.Error, StringComparison.Ordinal);
        host.Kill();
        await host.WaitForExitAsync();
    }
}
