using Microsoft.Playwright;

namespace MusicPipeline.Browser.Tests;

public sealed class AccessibilityTests(BrowserHost host) : PageTests(host)
{
    /// <summary>By axe-core, in a wide window and in a narrow and dark one, and nothing may be wider than either.</summary>
    [Fact]
    public async Task No_View_Has_A_Violation_And_None_Is_Wider_Than_A_Telephone()
    {
        var dataset = await DatasetAsync();
        var id = await StartAsync(
            $$"""{"dataset": "{{dataset}}", "learningRates": [0.001, 0.01], "hiddenUnits": [4, 8], "epochs": 5, "baselines": ["sdca"]}""");
        await StateAsync(id, "completed");
        (string View, string Sign)[] views =
        [
            ("", "What to do next"), ("#/recordings", "Recordings"),
            ("#/datasets", "Data sets"), ($"#/datasets/{dataset}", "components"),
            ("#/sweeps", id), ($"#/sweeps/{id}", "Confusion matrix"), ("#/new", "What it comes to"), ($"#/new?like={id}", "4 trials"),
            ("#/compare", id), ($"#/compare?of={id},{id}", "Compare"), ("#/classify", "Drop a recording"), ("#/system", "Trains on"),
            ("#/none", "nothing here"),
        ];
        foreach (var (width, colours) in ((int, ColorScheme)[])[(1280, ColorScheme.Light), (390, ColorScheme.Dark)])
        {
            var page = await OpenAsync("", width, colours);
            foreach (var (view, sign) in views)
            {
                await page.GotoAsync("/" + view);
                await Expect(page.Locator("main")).ToContainTextAsync(sign);
                await ExpectAccessibleAsync(page, $"{view} at {width}");
            }
        }
    }

    [Fact]
    public async Task Everything_Is_Reached_And_Used_With_The_Keyboard()
    {
        var page = await OpenAsync();
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("To the content")).ToBeFocusedAsync();
        for (var i = 0; i < 4; i++) await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sweeps");
        // Who listens is told which view was opened.
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await Expect(page).ToHaveTitleAsync("Sweeps – MusicPipeline");
        ExpectNoFaults();
    }
}
