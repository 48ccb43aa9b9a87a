using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

public sealed class HostTests
{
    [Fact]
    public async Task Says_In_One_Sentence_Why_It_Cannot_Listen()
    {
        await using var workspace = await Workspace.OpenAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var taken = await workspace.RunAsync("up", "--port", port.ToString());
        Assert.Equal(1, taken.ExitCode);
        Assert.Equal($"music: the API cannot listen on port {port} (another program uses it); choose another one with --port.\n", taken.Error);
        Assert.Empty(taken.Output);

        var wrong = await workspace.RunAsync("up", "--port", "65536");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Matches(@"^music: --port: 65536 is no port; [^\n]+\.\n$", wrong.Error);
    }

    [Theory]
    [InlineData("TSTP")]
    [InlineData("TTIN")]
    [InlineData("TTOU")]
    public async Task Job_Control_Of_The_Terminal_Does_Not_Stop_The_Storage(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals here.");
        await using var workspace = await Workspace.OpenAsync();
        var host = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(workspace.Data, "host.json"))).RootElement;
        using var azurite = Process.GetProcessById(host.GetProperty("pid").GetInt32());
        await Workspace.SignalAsync(azurite, signal);
        var result = await workspace.RunAsync("upload", RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff"));
        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Fact]
    public async Task A_Cancel_Reaches_A_Sweep_Of_Another_Process()
    {
        await using var workspace = await Workspace.OpenAsync();
        await workspace.IngestSamplesAsync();
        using var host = workspace.Start("up", "--port", "0", "--json");
        var url = JsonDocument.Parse((await host.StandardOutput.ReadLineAsync())!).RootElement.GetProperty("url").GetString();
        var second = workspace.Relay.HoldAt(2, StorageRelay.IsTrialRecord);
        using var program = workspace.Start(
            ["sweep", "--json", "--out", workspace.Out, "--hidden-units", "64", "--epochs", "10", "--learning-rate",
                .. Enumerable.Range(1, 200).Select(step => (step / 10_000.0).ToString())]);
        await second;

        using var http = new HttpClient();
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
