using Microsoft.Playwright;

namespace MusicPipeline.Browser.Tests;

/// <summary>From the samples over a collection to labels, as somebody does it who has no recordings of their own.</summary>
public sealed class CollectionTests(BrowserHost host) : PageTests(host)
{
    [Fact]
    public async Task Goes_From_The_Samples_Over_A_Collection_To_Labels_On_The_Player_And_By_The_Microphone()
    {
        var page = await OpenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the samples" }).ClickAsync();
        await Expect(page.Locator(".drop")).ToContainTextAsync("samples are there");
        await page.Locator(".drop").GetByRole(AriaRole.Link, new() { Name = "samples", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a data set of it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Recordings" })).ToContainTextAsync("bassoon-1.aiff");
        foreach (var width in (int[])[390, 1280])
        {
            await page.SetViewportSizeAsync(width, 900);
            await ExpectAccessibleAsync(page, $"the collection at {width}");
        }

        await page.GetByLabel("Play bassoon/bassoon-1.aiff").ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('audio')?.currentTime > 0");

        // A label that was wrong, and its way back.
        await MoveAsync(page, "bassoon/bassoon-1.aiff", "alto");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Recordings" })).ToContainTextAsync("is now alto/bassoon-1.aiff");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a data set of it" }).ClickAsync();
        await MoveAsync(page, "alto/bassoon-1.aiff", "bassoon");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a data set of it" }).ClickAsync();
        await Expect(page.GetByLabel("Change the label of bassoon/bassoon-1.aiff")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Sweep on it" }).ClickAsync();
        await page.GetByLabel("A space of my own").CheckAsync();
        await page.GetByLabel("Hidden units: such as 256").FillAsync("64");
        await page.GetByLabel("Epochs: such as 20").FillAsync("60");
        await page.GetByText("Name, tags, notes").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("What plays?");
        await page.GetByLabel("Tags").FillAsync("orchestra, first");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("What plays?");
        await Expect(page.Locator(".facts-list .state.completed")).ToBeVisibleAsync();

        // By its tag among all sweeps.
        await page.GetByRole(AriaRole.Link, new() { Name = "first", Exact = true }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("tbody")).ToContainTextAsync("What plays?");

        // On the player, note by note, when it is converted.
        using var http = AskingAgain.Client(Host.Url);
        await Eventually.NotNull(
            async () => (await http.GetAsync("/api/audio/Flute.mf.Gb5Ab5.aiff")).IsSuccessStatusCode ? http : null,
            "the flute to be converted");
        await page.GotoAsync("/#/recordings/Flute.mf.Gb5Ab5.aiff");
        await page.GetByLabel("Model").SelectOptionAsync(new SelectOptionValue { Label = await OptionAsync(page, "What plays?") });
        await page.GetByRole(AriaRole.Button, new() { Name = "Say which instrument plays" }).ClickAsync();
        await Expect(page.Locator(".spectrum .part")).ToHaveCountAsync(3);
        await ExpectAccessibleAsync(page, "the player");
        await page.Locator(".parts button").Nth(1).ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('audio')?.currentTime > 1");

        await page.GotoAsync("/#/classify");
        await page.GetByLabel("Model").SelectOptionAsync(new SelectOptionValue { Label = await OptionAsync(page, "What plays?") });
        // As on a machine that is slow to make a sound of the file: no note can be played before there is one.
        await page.EvaluateAsync(
            """
            () => {
              const read = Blob.prototype.arrayBuffer;
              Blob.prototype.arrayBuffer = async function () { await new Promise(done => setTimeout(done, 500)); return read.call(this); };
            }
            """);
        await page.Locator("input[type=file]").SetInputFilesAsync(Path.Combine(Repository.Root, "samples", "Flute.mf.Gb5Ab5.aiff"));
        await page.Locator(".lane button").Nth(1).ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('audio')?.currentTime > 1.9");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record with the microphone" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop, and classify it" }).ClickAsync(new() { Delay = 2000 });
        await Expect(page.Locator("main h2").First).ToContainTextAsync("microphone-");
        // Chromium's microphone of tests hears beeps; the model has no choice but to take them for an instrument, or to doubt.
        await Expect(page.Locator(".sentence")).ToContainTextAsync(Like("note|plays|sure"));
        await ExpectAccessibleAsync(page, "what was heard");
        ExpectNoFaults();
    }

    private static async Task MoveAsync(IPage page, string recording, string label)
    {
        await page.GetByLabel("Change the label of " + recording).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Label").FillAsync(label);
        // The view behind asks how the collection is every two seconds; what is typed stays as it is.
        await page.WaitForResponseAsync(Like("/api/collections/[a-z]+$"));
        await page.WaitForFunctionAsync("() => new Promise(drawn => requestAnimationFrame(() => setTimeout(() => drawn(true), 100)))");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Label")).ToHaveValueAsync(label);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Give it this label" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private static async Task<string> OptionAsync(IPage page, string name) =>
        (await page.Locator("option").Filter(new() { HasText = name }).First.TextContentAsync())!;
}
