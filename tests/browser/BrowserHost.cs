using Microsoft.Playwright;
using MusicPipeline.Browser.Tests;

[assembly: AssemblyFixture(typeof(BrowserHost))]

namespace MusicPipeline.Browser.Tests;

/// <summary>A browser and a local host on an empty folder, both for all tests of this project; neither where there is no browser.</summary>
public sealed class BrowserHost : IAsyncLifetime
{
    private const int Height = 900;

    private LocalHost? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowserContext? _window;

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
        _window = await _browser.NewContextAsync(new() { BaseURL = _host.Url, Permissions = ["microphone"] });
        _window.SetDefaultTimeout((float)TimeSpan.FromMinutes(3).TotalMilliseconds);
        // Left open: with its last tab a window gives up what it runs them in.
        await (await _window.NewPageAsync()).GotoAsync("/api/health");
    }

    /// <summary>
    /// A tab with a session of its own in the one window of all tests; skips the test where there is no browser. A window for each would
    /// take several times as long, of which the page is the least.
    /// </summary>
    public async Task<IPage> OpenAsync(int width, ColorScheme colours)
    {
        _ = Url;
        var page = await _window!.NewPageAsync();
        await page.SetViewportSizeAsync(width, Height);
        await page.EmulateMediaAsync(new() { ColorScheme = colours });
        return page;
    }

    /// <summary>Closes a tab, and takes back what its test did to the window.</summary>
    public async Task CloseAsync(IPage page)
    {
        await page.CloseAsync();
        await _window!.SetOfflineAsync(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
    }
}
