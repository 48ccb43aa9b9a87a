using System.Net;
using System.Text.Json;
using MusicPipeline.Contract.Tests;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

/// <summary>The API while storage does not answer.</summary>
public sealed class StorageAwayTests
{
    [Fact]
    public async Task Requests_Are_Answered_With_503_Until_Storage_Is_Back()
    {
        using var workspace = await Workspace.OpenAsync();
        var relay = workspace.Relay;
        using var host = workspace.Start("up", "--port", "0", "--json");
        using var http = new HttpClient();
        http.BaseAddress = new Uri(
            JsonDocument.Parse((await host.StandardOutput.ReadLineAsync())!).RootElement.GetProperty("url").GetString()!);
        using var patient = AskingAgain.Client(http.BaseAddress.ToString());
        using (var well = await patient.GetAsync("/api/health")) Assert.Equal(HttpStatusCode.OK, well.StatusCode);

        await relay.HoldAt(1);
        string[] paths = ["/api/health", "/api/sweeps", "/api/sweeps/grid-0123456789", "/api/datasets"];
        foreach (var answer in await Task.WhenAll(paths.Select(path => http.GetAsync(path))))
        {
            using var away = answer;
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (away.StatusCode, away.Headers.RetryAfter?.ToString()));
            var problem = JsonDocument.Parse(await away.Content.ReadAsStringAsync()).RootElement;
            Assert.StartsWith("The storage account does not answer", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        relay.Release();
        foreach (var path in (string[])["/api/health", "/api/sweeps"])
        {
            using var back = await patient.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        }

        host.Kill();
        await host.WaitForExitAsync();
    }
}
