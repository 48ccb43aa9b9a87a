using System.Net;
using System.Text.Json.Nodes;

namespace MusicPipeline.Contract.Tests;

/// <summary>Pause, resume, stop, retry, extend and delete over HTTP.</summary>
public sealed class ControlTests(PipelineHost host) : PipelineTests(host)
{
    [Fact]
    public async Task A_Sweep_Is_Paused_Resumed_Stopped_And_Deleted()
    {
        var dataset = await IngestAsync("control");
        var path = await StartAsync(
            $$"""
            {"dataset": "{{dataset}}", "learningRates": [0.001, 0.002, 0.003], "hiddenUnits": [8192], "epochs": 10000, "maxParallel": 1}
            """);
        await SweepAsync(path, "running", sweep => Count(sweep, "running") == 1);

        (await Api.PostAsync(path + "/pause", "")).Expect(HttpStatusCode.Accepted);
        (await Api.PostAsync(path + "/pause", "")).Expect(HttpStatusCode.Accepted);
        var paused = await SweepAsync(path, "paused");
        Assert.Equal(3, Count(paused, "waiting") + Count(paused, "preempted") + Count(paused, "completed"));
        (await Api.PostAsync(path + "/retry", "")).Expect(HttpStatusCode.Conflict);
        (await Api.GetAsync(path + "/report")).Expect(HttpStatusCode.Conflict);

        (await Api.PostAsync(path + "/resume", "")).Expect(HttpStatusCode.Accepted);
        await SweepAsync(path, "running", sweep => Count(sweep, "running") == 1);
        (await Api.SendAsync(HttpMethod.Delete, path)).Expect(HttpStatusCode.Conflict);
        (await Api.PostAsync(path + "/cancel", "")).Expect(HttpStatusCode.Accepted);
        await SweepAsync(path, "cancelled");
        (await Api.PostAsync(path + "/pause", "")).Expect(HttpStatusCode.Conflict);

        (await Api.SendAsync(HttpMethod.Delete, path)).Expect(HttpStatusCode.NoContent);
        (await Api.GetAsync(path)).Expect(HttpStatusCode.NotFound);
        (await Api.SendAsync(HttpMethod.Delete, path)).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_Sweep_Is_Extended_And_Shown_Page_By_Page()
    {
        var dataset = await IngestAsync("extended");
        var path = await StartAsync($$"""{"dataset": "{{dataset}}", "hiddenUnits": [3, 4], "epochs": 5}""");
        var first = await SweepAsync(path, "completed");
        (await Api.PostAsync(path + "/extend", "{}")).Expect(HttpStatusCode.BadRequest);
        (await Api.PostAsync(path + "/stop", "")).Expect(HttpStatusCode.Conflict);
        Assert.Equal("completed", State((await Api.PostAsync(path + "/retry", "")).Expect(HttpStatusCode.Accepted).Json));

        (await Api.PostAsync(path + "/extend", """{"hiddenUnits": [5, 6]}""")).Expect(HttpStatusCode.Accepted);
        var second = await SweepAsync(path, "completed", sweep => State(sweep) == "completed" && Count(sweep, "total") == 4);
        Assert.Equal(Ids(first), Ids(second).Take(2));
        Assert.Equal(
            "completed",
            State((await Api.PostAsync(path + "/extend", """{"hiddenUnits": [5, 6]}""")).Expect(HttpStatusCode.Accepted).Json));

        Assert.Equal(Ids(second).Skip(1).Take(2), Ids((await Api.GetAsync(path + "?skip=1&take=2")).Expect(HttpStatusCode.OK).Json));
        Assert.Equal(Ids(second).Skip(3), Ids((await Api.GetAsync(path + "?skip=3&state=completed")).Expect(HttpStatusCode.OK).Json));
        Assert.Empty(Ids((await Api.GetAsync(path + "?state=failed")).Expect(HttpStatusCode.OK).Json));
        (await Api.GetAsync(path + "?take=-1")).Expect(HttpStatusCode.BadRequest);
        (await Api.GetAsync(path + "?state=odd")).Expect(HttpStatusCode.BadRequest);
    }

    private static int Count(JsonNode sweep, string state) => sweep["counts"]?[state]?.GetValue<int>() ?? 0;

    private static List<string> Ids(JsonNode sweep) => [.. sweep["trials"]!.AsArray().Select(trial => trial!["id"]!.GetValue<string>())];
}
