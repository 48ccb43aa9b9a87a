using Microsoft.Playwright;

namespace MusicPipeline.Browser.Tests;

public sealed class SweepTests(BrowserHost host) : PageTests(host)
{
    [Fact]
    public async Task Pauses_Resumes_And_Deletes()
    {
        var dataset = await DatasetAsync();
        var id = await StartAsync($$"""{"dataset": "{{dataset}}", "hiddenUnits": [16383, 16384], "epochs": 10000, "maxParallel": 1}""");
        var page = await OpenAsync($"#/sweeps/{id}");
        await Expect(page.Locator(".facts-list .state.running")).ToBeVisibleAsync();
        await Expect(page.Locator(".plot canvas")).ToBeVisibleAsync();
        // What is drawn stays on the page while the sweep is read anew after each click.
        await page.EvaluateAsync("() => { document.querySelector('.plot').id = 'drawn-before'; }");

        await DoAsync(page, "Pause");
        await Expect(page.Locator(".facts-list .state.paused")).ToBeVisibleAsync();
        await DoAsync(page, "Resume");
        await Expect(page.Locator(".facts-list .state.running")).ToBeVisibleAsync();
        // The page asks for what a sweep that has ended came to. Where it asks after that is deleted, it is told so on its console.
        var results = Task.WhenAll(page.WaitForResponseAsync(Like("/histories[.]csv$")), page.WaitForResponseAsync(Like("/report$")));
        await DoAsync(page, "Cancel");
        await Expect(page.Locator(".facts-list .state.cancelled")).ToBeVisibleAsync();
        await results;
        await Expect(page.Locator("#drawn-before")).ToHaveCountAsync(1);
        await DoAsync(page, "Delete");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sweeps");
        await Expect(page.GetByText(id)).ToHaveCountAsync(0);
        ExpectNoFaults();
    }

    [Fact]
    public async Task Two_Tabs_Show_The_Same_Sweep()
    {
        var dataset = await DatasetAsync();
        var id = await StartAsync($$"""{"dataset": "{{dataset}}", "hiddenUnits": [16384], "epochs": 10000}""");
        var one = await OpenAsync($"#/sweeps/{id}");
        var other = await OpenAsync($"#/sweeps/{id}");
        await Expect(other.Locator(".facts-list .state.running")).ToBeVisibleAsync();

        await DoAsync(one, "Cancel");

        await Expect(other.Locator(".facts-list .state.cancelled")).ToBeVisibleAsync();
        ExpectNoFaults();
    }

    [Fact]
    public async Task Says_That_The_Connection_Is_Lost_And_Goes_On_When_It_Is_Back()
    {
        var dataset = await DatasetAsync();
        var id = await StartAsync($$"""{"dataset": "{{dataset}}", "hiddenUnits": [16382], "epochs": 10000}""");
        var page = await OpenAsync("#/sweeps");
        await Expect(page.GetByText(id)).ToBeVisibleAsync();

        await page.Context.SetOfflineAsync(true);
        await page.GetByText(id).ClickAsync();
        await Expect(page.Locator(".banner")).ToContainTextAsync("does not answer");
        await page.Context.SetOfflineAsync(false);

        await Expect(page.Locator(".banner")).ToHaveCountAsync(0);
        await Expect(page.Locator(".facts-list .state.running")).ToBeVisibleAsync();
        await DoAsync(page, "Cancel");
        await Expect(page.Locator(".facts-list .state.cancelled")).ToBeVisibleAsync();
    }

    /// <summary>The page answers while a thousand trials end, and sorts them then.</summary>
    [Fact]
    public async Task Shows_A_Thousand_Trials_Without_Stalling()
    {
        var dataset = await DatasetAsync();
        var id = await StartAsync(
            $$$"""
            {"dataset": "{{{dataset}}}", "epochs": 2, "sampler": {"kind": "random", "trials": 1000},
             "space": {"learningRate": {"logUniform": {"from": 0.0001, "to": 0.1}}, "hiddenUnits": {"integer": {"from": 2, "to": 9} } } }
            """);
        var page = await OpenAsync($"#/sweeps/{id}");
        var ended = new TaskCompletionSource();
        var longest = LongestAsync(page, ended.Task);

        await StateAsync(id, "completed");
        await Expect(page.Locator(".facts-list .state.completed")).ToBeVisibleAsync();
        await Expect(page.Locator(".legend")).ToContainTextAsync("995 others");
        await Expect(page.Locator(".pager").First).ToContainTextAsync("of 1000");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show 900 more rows" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Hidden units", Exact = true }).ClickAsync();
        await Expect(page.Locator("th[aria-sort=descending]")).ToHaveTextAsync(Like("Hidden units"));
        ended.SetResult();
        // A page that stalls takes seconds.
        Assert.InRange(await longest, 0, 3);
        ExpectNoFaults();
    }

    /// <summary>
    /// The longest that the page did not answer: seconds of the processor that its thread used up between two answers. Those on the clock
    /// would count what else the machine does.
    /// </summary>
    private static async Task<double> LongestAsync(IPage page, Task until)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable");
        var (longest, last) = (0.0, await UsedAsync());
        while (!until.IsCompleted)
        {
            await Task.WhenAny(until, Task.Delay(250));
            var used = await UsedAsync();
            (longest, last) = (Math.Max(longest, used - last), used);
        }

        return longest;

        async Task<double> UsedAsync()
        {
            // This is answered between two tasks of the page, and the question for its metrics at any time.
            await page.EvaluateAsync("() => 0");
            var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray();
            return metrics.Single(metric => metric.GetProperty("name").GetString() == "ThreadTime").GetProperty("value").GetDouble();
        }
    }

    private static async Task DoAsync(IPage page, string action)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }
}
