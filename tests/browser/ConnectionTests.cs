using Microsoft.Playwright;

namespace MusicPipeline.Browser.Tests;

/// <summary>Hosts that are slow, locked, or behind a sign-in, as the browser makes this one look.</summary>
public sealed class ConnectionTests(BrowserHost host) : PageTests(host)
{
    private const string Key = "x-functions-key";

    [Fact]
    public async Task Asks_For_A_Change_Again_Of_Itself_While_Storage_Is_Slow()
    {
        var page = await OpenAsync();
        var asked = 0;
        var seen = new TaskCompletionSource();
        await page.RouteAsync("**/api/samples", async route =>
        {
            if (++asked < 3)
            {
                await route.FulfillAsync(new()
                {
                    Status = 503,
                    ContentType = "application/problem+json",
                    Body = """{"title": "Storage unavailable", "status": 503, "detail": "storage does not answer"}""",
                });
                return;
            }

            // What the page says meanwhile stands until then.
            await seen.Task;
            await route.FulfillAsync(
                new() { ContentType = "application/json", Body = """{"files": 3, "dataset": "d", "collection": "c"}""" });
        });

        await page.GetByRole(AriaRole.Button, new() { Name = "Take the samples" }).ClickAsync();

        await Expect(page.Locator(".notice")).ToContainTextAsync("asked for again");
        seen.SetResult();
        await Expect(page.Locator(".drop")).ToContainTextAsync("3 samples are there");
        Assert.Equal(3, asked);
        ExpectNoFaults();
    }

    [Fact]
    public async Task Says_That_A_Click_Did_Not_Reach_The_Host()
    {
        var page = await OpenAsync();
        var samples = page.GetByRole(AriaRole.Button, new() { Name = "Take the samples" });
        await Expect(samples).ToBeVisibleAsync();

        await page.Context.SetOfflineAsync(true);
        await samples.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("try it again");
    }

    [Fact]
    public async Task Says_That_A_Key_Is_Wrong_And_Keeps_The_Right_One_For_The_Tab()
    {
        var page = await OpenAsync("#/none");
        await page.RouteAsync("**/api/**", async route =>
        {
            if (await route.Request.HeaderValueAsync(Key) == "right") await route.ContinueAsync();
            else await route.FulfillAsync(new() { Status = 401 });
        });
        await page.GotoAsync("/#/system");
        await page.GetByLabel("Function key").FillAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not take this key");
        await ExpectAccessibleAsync(page, "the key");
        await page.GetByLabel("Function key").FillAsync("right");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToContainTextAsync("Trains on");

        await page.ReloadAsync();

        await Expect(page.Locator("main")).ToContainTextAsync("Trains on");
        await page.GetByRole(AriaRole.Button, new() { Name = "Forget the function key" }).ClickAsync();
        await Expect(page.GetByLabel("Function key")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Says_That_The_Sign_In_Has_Ended()
    {
        var page = await OpenAsync("#/none");
        var elsewhere = new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = "https://login.invalid/" };
        await page.RouteAsync("**/api/**", route => route.FulfillAsync(new() { Status = 302, Headers = elsewhere }));

        await page.GotoAsync("/#/system");

        await Expect(page.Locator(".banner")).ToContainTextAsync("The sign-in has ended");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in again" })).ToBeVisibleAsync();
    }

    /// <summary>What was chosen is there after a reload, after a way back, and for who gets the address.</summary>
    [Fact]
    public async Task Keeps_Choices_In_The_Address()
    {
        var dataset = await DatasetAsync();
        var page = await OpenAsync($"#/new?dataset={dataset}");
        await page.GetByLabel("A space of my own").CheckAsync();
        await page.GetByLabel("Hidden units: such as 256").FillAsync("abc");
        await Expect(page.Locator("fieldset:has-text('Hidden units') .wrong")).ToHaveTextAsync("abc is no number.");
        // What the host refuses stands at its field, too.
        await page.GetByLabel("Hidden units: such as 256").FillAsync("0");
        await Expect(page.Locator("fieldset:has-text('Hidden units') .wrong")).ToContainTextAsync("out of range");
        await page.GetByLabel("Hidden units: such as 256").FillAsync("4 16");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Hidden units: such as 256")).ToHaveValueAsync("4 16");

        // There is nothing to filter without one.
        await StartAsync($$"""{"dataset": "{{dataset}}", "hiddenUnits": [2], "epochs": 1}""");
        await page.GotoAsync("/#/sweeps?state=failed&filter=nothing%20of%20the%20kind&sort=dataset");
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("nothing of the kind");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("");
        await Expect(page).ToHaveURLAsync(Like("#/sweeps\\?state=failed&sort=dataset$"));
        await page.GotoAsync("/#/system");
        await page.GoBackAsync();
        await Expect(page.Locator("th[aria-sort=ascending]")).ToHaveTextAsync(Like("Data set"));
        ExpectNoFaults();
    }
}
