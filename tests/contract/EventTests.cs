using System.Net;
using System.Text.Json.Nodes;

namespace MusicPipeline.Contract.Tests;

public sealed class EventTests(PipelineHost host) : PipelineTests(host)
{
    [Fact]
    public async Task Tells_What_Happened_In_A_Sweep_That_Has_Ended()
    {
        var dataset = await IngestAsync("told");
        var path = await StartAsync($$"""{"dataset": "{{dataset}}", "hiddenUnits": [3, 4, 5], "epochs": 5}""");
        var sweep = await SweepAsync(path, "completed");

        var events = await Api.FollowAsync(path + "/events").ToListAsync();

        Assert.Equal(["trial", "trial", "trial", "end"], events.Select(happened => happened.Name));
        Assert.Equal(
            sweep["trials"]!.AsArray().Select(trial => trial!.ToJsonString()).Order(StringComparer.Ordinal),
            events.Where(happened => happened.Name == "trial")
                .Select(happened => happened.Data.ToJsonString())
                .Order(StringComparer.Ordinal));
        Assert.True(JsonNode.DeepEquals(sweep["best"], events[^1].Data["best"]));
        Assert.True(JsonNode.DeepEquals(sweep["counts"], events[^1].Data["counts"]));

        // Browsers connect again after the end, and stop when they are told that nothing follows.
        Assert.Empty((await Api.SendAsync(
            HttpMethod.Get, path + "/events", ("Last-Event-ID", events[^1].Id!))).Expect(HttpStatusCode.NoContent).Body);

        var rest = await Api.FollowAsync(path + "/events", events[1].Id).ToListAsync();
        Assert.Equal(events[2..].Select(happened => happened.Data.ToJsonString()), rest.Select(happened => happened.Data.ToJsonString()));
    }

    [Fact]
    public async Task Shows_Curves_As_They_Grow_And_Goes_On_Where_It_Was()
    {
        var dataset = await IngestAsync("grows");
        var path = await StartAsync($$"""{"dataset": "{{dataset}}", "hiddenUnits": [2, 8192], "epochs": 10000}""");

        // Long enough to see a curve grow over several looks, and no longer.
        string? id = null;
        var last = new Dictionary<string, int>();
        await foreach (var happened in Api.FollowAsync(path + "/events"))
        {
            id = happened.Id ?? id;
            if (happened.Name == "epoch") Grow(last, happened.Data);
            if (last.Values.Any(epoch => epoch >= 20)) break;
        }

        Assert.NotNull(id);
        var resumed = false;
        await foreach (var happened in Api.FollowAsync(path + "/events", id))
        {
            if (happened.Name == "epoch") Grow(last, happened.Data);
            if (happened.Name != "epoch" || resumed) continue;
            resumed = true;
            (await Api.PostAsync(path + "/cancel", "")).Expect(HttpStatusCode.Accepted);
        }

        Assert.True(resumed);
        Assert.Equal("cancelled", State((await Api.GetAsync(path)).Json));
    }

    [Theory]
    [InlineData("none-0123456789")]
    [InlineData("..%2Fkeys")]
    public async Task Follows_No_Sweep_That_Was_Never_Started(string id) =>
        (await Api.GetAsync($"/api/sweeps/{id}/events")).Expect(HttpStatusCode.NotFound);

    private static void Grow(Dictionary<string, int> last, JsonNode point)
    {
        var (trial, epoch) = (point["trialId"]!.GetValue<string>(), point["epoch"]!.GetValue<int>());
        Assert.True(epoch > last.GetValueOrDefault(trial), $"epoch {epoch} of {trial} came after {last.GetValueOrDefault(trial)}");
        last[trial] = epoch;
        foreach (var name in (string[])["loss", "val_loss", "accuracy", "val_accuracy"]) Assert.True(point[name]!.GetValue<double>() >= 0);
    }
}
