using Microsoft.Playwright;
using MusicPipeline.Browser.Tests;

[assembly: AssemblyFixture(typeof(BrowserHost))]

namespace MusicPipeline.Browser.Tests;

/// <summary>A browser and a local host on an empty folder, both for all tests of this project; neither where there is no browser.</summary>
public sealed class BrowserHost : IAsyncLifetime
{
    private LocalHost? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the host is; skips the test where there is no browser.</summary>
    public string Url
    {
        get
        {
            Assert.SkipWhen(_host is null, $"There is no Chromium on the path, and {Chromium.Setting} names none.");
            return _host!.Url;
        }
    }

    /// <summary>The data set that tests share, once one of them has asked for it.</summary>
    public Task<string>? Dataset { get; set; }

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Find() is not { } path) return;
        // For as long as a busy machine may need.
        Assertions.SetDefaultExpectTimeout((float)TimeSpan.FromMinutes(3).TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        // Without its sandbox, which containers do not let it have; with a microphone that beeps, which nobody is asked for.
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
        });
        _host = await LocalHost.StartAsync();
    }

    /// <summary>A window of its own, with nothing of others in it; skips the test where there is no browser.</summary>
    public async Task<IBrowserContext> OpenAsync(int width = 1280, int height = 900, ColorScheme colours = ColorScheme.Light)
    {
        var url = Url;
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height }, BaseURL = url, Permissions = ["microphone"], ColorScheme = colours,
        });
        context.SetDefaultTimeout((float)TimeSpan.FromMinutes(3).TotalMilliseconds);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
    }
}
