using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace MusicPipeline.Browser.Tests;

/// <summary>What the tests of this project do again and again.</summary>
// One after the other: one host and its emulated storage serve them all, and side by side they would keep each other waiting.
[Collection("The page")]
public abstract class PageTests(BrowserHost host) : IAsyncDisposable
{
    // Once a document, and asked for violations alone: the package's own way loads it anew for each look, in a window beside, and hands
    // over all that is right, too, which takes ten times as long.
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly List<string> _faults = [];
    private readonly List<IPage> _pages = [];

    private protected BrowserHost Host => host;

    /// <summary>A page whose every complaint on its console fails the test that calls <see cref="ExpectNoFaults"/>.</summary>
    private protected async Task<IPage> OpenAsync(string address = "", int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        var page = await host.OpenAsync(width, colours);
        _pages.Add(page);
        Watch(page);
        await page.GotoAsync("/" + address);
        return page;
    }

    /// <summary>Closes what the test opened, which would ask on and on.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var page in _pages) await host.CloseAsync(page);
    }

    private void Watch(IPage page)
    {
        page.PageError += (_, error) => _faults.Add(error);
        page.Console += (_, message) =>
        {
            // That storage is slow for a moment the page says itself, and asks again; what is wrong with a plan it says at the field.
            var isSaid = message.Text.Contains("status of 503", StringComparison.Ordinal)
                || (message.Text.Contains("status of 400", StringComparison.Ordinal)
                    && message.Location.Contains("/api/plan", StringComparison.Ordinal));
            if (message.Type == "error" && !isSaid)
                _faults.Add($"{message.Text} ({message.Location})");
        };
    }

    private protected void ExpectNoFaults() => Assert.Empty(_faults);

    /// <summary>A small data set that is there for all tests.</summary>
    private protected Task<string> DatasetAsync() => host.Dataset ??= IngestAsync("rows");

    /// <summary>Uploads a data set through the API, and waits until it is there.</summary>
    private async Task<string> IngestAsync(string name)
    {
        using var http = AskingAgain.Client(host.Url);
        foreach (var (file, content) in Arrays.Dataset(name))
        {
            using var body = new ByteArrayContent(content);
            using var answer = await http.PutAsync($"/api/uploads/dataset-uploads/{file}", body);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        await Eventually.NotNull(
            async () => (await http.GetAsync($"/api/datasets/{name}")).StatusCode == HttpStatusCode.OK ? name : null,
            $"{name} to be there");
        return name;
    }

    /// <summary>Starts a sweep through the API.</summary>
    private protected async Task<string> StartAsync(string json)
    {
        using var http = AskingAgain.Client(host.Url);
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("/api/sweeps", body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>();
    }

    /// <summary>Waits until a sweep is in a state, as the API has it.</summary>
    private protected async Task StateAsync(string id, string state)
    {
        using var http = AskingAgain.Client(host.Url);
        await Eventually.NotNull(
            async () =>
            {
                using var answer = await http.GetAsync($"/api/sweeps/{id}?take=0");
                var sweep = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>();
                return sweep!["state"]!.GetValue<string>() == state ? id : null;
            },
            $"{id} to be {state}");
    }

    /// <summary>By axe-core, and that nothing is wider than the window.</summary>
    private protected static async Task ExpectAccessibleAsync(IPage page, string view)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const { violations } = await axe.run(document, { resultTypes: ['violations'] });
              return violations.map(one => `${one.id} at ${one.nodes[0].html}`);
            }
            """);
        Assert.True(found.Length == 0, $"{view}: {string.Join("; ", found)}");
        var surplus = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
        Assert.True(surplus <= 0, $"{view}: {surplus} pixels wider than the window");
    }

    private protected static FilePayload File(string name, byte[] content) =>
        new() { Name = name, MimeType = "application/octet-stream", Buffer = content };

    /// <summary>Text by a pattern.</summary>
    private protected static Regex Like(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    private protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private protected static IPageAssertions Expect(IPage page) => Assertions.Expect(page);
}
