using Microsoft.Playwright;

namespace MusicPipeline.Browser.Tests;

/// <summary>From an empty folder to a model, as somebody does it who has never seen a command line.</summary>
public sealed class JourneyTests(BrowserHost host) : PageTests(host)
{
    [Fact]
    public async Task Goes_From_A_Drop_Over_A_Sweep_To_A_Comparison_A_Classification_And_A_Download()
    {
        var page = await OpenAsync("#/datasets");
        var arrays = Arrays.Dataset("journey");
        await page.Locator("input[type=file][multiple]").SetInputFilesAsync([.. arrays.Select(array => File(array.Key, array.Value))]);
        await Expect(page.Locator(".upload .state.done")).ToHaveCountAsync(4);
        await Expect(page.Locator(".uploads")).ToContainTextAsync("journey is at version");

        // The data set, its picture, and from there the form.
        await page.GetByRole(AriaRole.Link, new() { Name = "journey", Exact = true }).ClickAsync();
        await Expect(page.GetByText("principal components")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sweep on it" }).ClickAsync();
        await page.GetByLabel("A space of my own").CheckAsync();
        await page.GetByLabel("Hidden units: such as 256").FillAsync("4 16");
        await page.GetByLabel("Epochs: such as 20").FillAsync("25");
        await Expect(page.Locator(".outlook")).ToContainTextAsync("2 trials");
        await page.GetByText("The same on the command line").ClickAsync();
        await Expect(page.Locator(".outlook")).ToContainTextAsync("./run sweep --dataset journey --hidden-units 4 16 --epochs 25");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" }).ClickAsync();

        // Live, then ended, then the report.
        await Expect(page.Locator("h1")).ToHaveTextAsync(Like("^grid-"));
        await Expect(page.Locator(".facts-list .state.completed")).ToBeVisibleAsync();
        await Expect(page.Locator(".plot canvas")).ToBeVisibleAsync();
        await Expect(page.Locator(".report")).ToContainTextAsync("The best model");
        var sweep = await page.Locator("h1").InnerTextAsync();

        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Link, new() { Name = "best.onnx", Exact = true }).First.ClickAsync());
        Assert.True(new FileInfo(await download.PathAsync()).Length > 500);

        await page.GetByLabel(Like("^Compare trial")).Nth(0).CheckAsync();
        await page.GetByLabel(Like("^Compare trial")).Nth(1).CheckAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare 2 trials" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(Like("95% intervals (do not )?overlap"));
        await page.GoBackAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(sweep);

        await page.GetByRole(AriaRole.Link, new() { Name = "Classify with it" }).ClickAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(File("rows.npy", arrays["journey_test_data.npy"]));
        await Expect(page.Locator("main")).ToContainTextAsync("60 rows, by " + sweep);
        ExpectNoFaults();
    }

    [Fact]
    public async Task Shows_What_Became_Of_Recordings_And_What_To_Do_With_A_Rejected_One()
    {
        var page = await OpenAsync("#/recordings");
        const string name = "<img src=x onerror=alert(1)>.aiff";
        await page.Locator("input[type=file][multiple]").SetInputFilesAsync(
            [File(name, Recording.Tone(seconds: 0.3).Aiff), File("broken.aiff", Recording.WithoutChannels()), File("notes.txt", [1])]);

        await Expect(page.Locator(".upload").Filter(new() { HasText = name })).ToContainTextAsync("is converted: 0.3 s of sound.");
        await Expect(page.Locator(".upload").Filter(new() { HasText = "broken.aiff" })).ToContainTextAsync("COMM");
        await Expect(page.Locator(".upload").Filter(new() { HasText = "notes.txt" })).ToContainTextAsync("so it was not sent");
        await page.Locator(".thumb").Filter(new() { HasText = name }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);

        // A recording that is cut off anywhere in its head is one that cannot be played, and no fault of the page.
        await page.EvaluateAsync(
            """
            async bytes => {
              const { playable } = await import('/page/lib/aiff.js');
              for (let length = 0; length < 80; length++) await playable(new Blob([Uint8Array.from(bytes.slice(0, length))]));
            }
            """,
            Recording.Tone(seconds: 0.3).Aiff.Take(80).Select(value => (int)value).ToArray());

        // With the keyboard alone: the slider over the picture moves the sound.
        var slider = page.GetByRole(AriaRole.Slider, new() { Name = "Position in the recording" });
        await slider.FocusAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('audio')?.readyState >= 1");
        await page.Keyboard.PressAsync("End");
        await Expect(slider).Not.ToHaveAttributeAsync("aria-valuenow", "0.00");

        await page.GotoAsync("/#/");
        await Expect(page.Locator(".card").Filter(new() { HasText = "broken.aiff" })).ToContainTextAsync("What to do:");
        ExpectNoFaults();
    }
}
