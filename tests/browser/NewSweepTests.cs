using Microsoft.Playwright;

namespace MusicPipeline.Browser.Tests;

/// <summary>The form for a new sweep.</summary>
public sealed class NewSweepTests(BrowserHost host) : PageTests(host)
{
    private const string Units = "Hidden units: such as 256";
    private const string Epochs = "Epochs: such as 20";

    [Fact]
    public async Task Plans_What_Is_Filled_In_And_Nothing_Else()
    {
        var page = await OpenSpaceAsync();

        // Epochs alone are one trial of so many, and not how the lab is to train.
        await page.GetByLabel(Epochs).FillAsync("3");
        await Expect(page.Locator(".outlook")).ToContainTextAsync("1 trial on");
        await page.GetByLabel(Epochs).FillAsync("");
        await Expect(page.Locator(".side")).ToContainTextAsync("Fill in at least one");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" })).ToBeDisabledAsync();

        // What was opened stays open while its only field is empty.
        await page.GetByText("Where and when it runs").ClickAsync();
        await page.GetByLabel("Priority").FillAsync("3");
        await page.GetByLabel("Priority").FillAsync("");
        await page.GetByLabel(Units).FillAsync("4");
        await Expect(page.Locator(".outlook")).ToContainTextAsync("1 trial on");
        await Expect(page.GetByLabel("Priority")).ToBeVisibleAsync();
        ExpectNoFaults();
    }

    [Fact]
    public async Task Counts_When_The_Host_Answers_Again_And_Says_Why_A_Sweep_Was_Not_Started()
    {
        var page = await OpenSpaceAsync();
        await page.GetByLabel(Units).FillAsync("4");
        await Expect(page.Locator(".outlook")).ToContainTextAsync("1 trial on");

        await page.Context.SetOfflineAsync(true);
        await page.GetByLabel(Units).FillAsync("4 8 16");
        await Expect(page.Locator(".banner")).ToContainTextAsync("does not answer");
        await page.Context.SetOfflineAsync(false);
        await Expect(page.Locator(".outlook")).ToContainTextAsync("3 trials on");

        await page.RouteAsync("**/api/sweeps", route => route.Request.Method == "POST"
            ? route.FulfillAsync(new()
            {
                Status = 409,
                ContentType = "application/problem+json",
                Body = """{"title": "Conflict", "status": 409, "detail": "it is being deleted"}""",
            })
            : route.ContinueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("it is being deleted");
    }

    private async Task<IPage> OpenSpaceAsync()
    {
        var page = await OpenAsync($"#/new?dataset={await DatasetAsync()}");
        await page.GetByLabel("A space of my own").CheckAsync();
        return page;
    }
}
