using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MusicPipeline.Contract.Tests;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

/// <summary>What web pages of others may ask the local host, through a browser on the same machine.</summary>
public sealed class OriginTests
{
    private const string Cancel = "/api/sweeps/none-0123456789/cancel";

    [Fact]
    public async Task Refuses_What_A_Web_Page_Of_Another_Site_Sends()
    {
        using var workspace = await Workspace.OpenAsync();
        using var host = Up(workspace);
        var url = new Uri(JsonDocument.Parse((await host.StandardOutput.ReadLineAsync())!).RootElement.GetProperty("url").GetString()!);
        using var http = AskingAgain.Client(url.ToString());
        var own = url.Authority;

        // The host's own names, and the one that it was told.
        foreach (var name in (string[])
        [
            own, $"localhost:{url.Port}", "localhost", "LOCALHOST", $"[::1]:{url.Port}", "127.0.0.2", "music.example.com",
            "Music.Example.com:8443",
        ])
            Assert.Equal(HttpStatusCode.OK, await GetAsync(name));
        foreach (var name in (string[])
        [
            "evil.example.com", $"evil.example.com:{url.Port}", "localhost.evil.com", "127.0.0.1.evil.com", "10.0.0.1",
            "music.example.com.evil.com",
        ])
            Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(name));

        // Without a browser there is neither header; 404 says that the request got through.
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(null));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(null, origin: url.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync("music.example.com", origin: "https://music.example.com"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(null, site: "same-origin"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(null, site: "none"));
        string[] others =
        [
            "http://evil.example.com", "null", $"http://localhost:{url.Port}", $"http://127.0.0.1:{url.Port + 1}",
            "http://music.example.com", "nonsense",
        ];
        foreach (var origin in others)
            Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(null, origin));
        foreach (var site in (string[])["cross-site", "same-site"])
            Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(null, site: site));
        var deleted = await SendAsync(HttpMethod.Delete, "/api/sweeps/none-0123456789", null, "http://evil.example.com", null);
        Assert.Equal(HttpStatusCode.Forbidden, deleted.Status);

        // What a form or a script may send without asking is refused by its type, whatever it says of its origin.
        foreach (var type in (string[])["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
        {
            foreach (var path in (string[])["/api/sweeps", Cancel])
            {
                var content = new ByteArrayContent("{\"preset\": \"lab\"}"u8.ToArray());
                if (type.Length > 0) content.Headers.ContentType = new MediaTypeHeaderValue(type);
                Assert.Equal(
                    HttpStatusCode.UnsupportedMediaType, (await SendAsync(HttpMethod.Post, path, null, null, null, content)).Status);
            }
        }

        Assert.Equal("[]", (await SendAsync(HttpMethod.Get, "/api/sweeps", null, null, null)).Body);
        await Workspace.SignalAsync(host, "TERM");
        Assert.DoesNotContain("fail:", (await Workspace.EndAsync(host)).Error, StringComparison.Ordinal);

        async Task<HttpStatusCode> GetAsync(string name) => (await SendAsync(HttpMethod.Get, "/api/sweeps", name, null, null)).Status;

        async Task<HttpStatusCode> PostAsync(string? name, string? origin = null, string? site = null) =>
            (await SendAsync(HttpMethod.Post, Cancel, name, origin, site)).Status;

        async Task<(HttpStatusCode Status, string Body)> SendAsync(
            HttpMethod method, string path, string? name, string? origin, string? site, HttpContent? content = null)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            request.Headers.Host = name;
            if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
            if (site is not null) request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
            using var response = await http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            if (!response.IsSuccessStatusCode) Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            return (response.StatusCode, body);
        }
    }

    [Fact]
    public async Task Refuses_A_Body_Of_Any_Length_Before_It_Is_Sent()
    {
        using var workspace = await Workspace.OpenAsync();
        using var host = Up(workspace);
        var url = JsonDocument.Parse((await host.StandardOutput.ReadLineAsync())!).RootElement.GetProperty("url").GetString()!;
        using var http = AskingAgain.Client();

        foreach (var (path, length) in ((string, long)[])
        [
            ("/api/predict?model=x", (64L << 20) + 1), ("/api/predict?model=x", 200L << 20), ("/api/sweeps", 200L << 20),
        ])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url + path) { Content = new ByteArrayContent(new byte[length]) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.ExpectContinue = true;
            using var response = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
            Assert.Contains("MiB; send less at once", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        host.Kill();
        await host.WaitForExitAsync();
    }

    private static Process Up(Workspace workspace) =>
        workspace.Start([("MUSIC_HOSTS", "example.org, music.example.com")], "up", "--port", "0", "--json");
}
