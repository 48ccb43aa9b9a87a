using System.Net;

namespace MusicPipeline.Contract.Tests;

public sealed class HeadTests(PipelineHost host) : PipelineTests(host)
{
    [Fact]
    public async Task Answers_Head_Like_Get_Without_A_Body()
    {
        var dataset = await IngestAsync("head");
        var path = await StartAsync($$"""{"dataset": "{{dataset}}", "hiddenUnits": [3.0], "epochs": 2, "baselines": []}""");
        var trial = (await SweepAsync(path, "completed"))["trials"]![0]!["id"]!;

        foreach (var uri in (string[])
        [
            "/api/openapi.json", "/api/sweeps", path, $"{path}/report", $"{path}/report?format=md", $"{path}/best.onnx",
            $"{path}/trials.csv",
            $"/api/trials/{trial}/model.onnx", "/api/datasets", "/api/nothing", "/api/sweeps/none-0123456789", "/api/audio/never.aiff",
        ])
        {
            var (get, head) = (await Api.GetAsync(uri), await Api.SendAsync(HttpMethod.Head, uri));
            Assert.Equal((get.Status, get.MediaType), (head.Status, head.MediaType));
            Assert.Empty(head.Body);
            foreach (var name in (string[])["Content-Length", "Content-Disposition", "ETag", "Accept-Ranges"])
            {
                // A host need not know the length of what it does not write.
                if (name != "Content-Length" || head.Headers.ContainsKey(name))
                    Assert.Equal(get.Headers.GetValueOrDefault(name), head.Headers.GetValueOrDefault(name));
            }
        }

        (await Api.SendAsync(HttpMethod.Head, $"{path}/cancel")).Expect(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Does_Not_Wait_For_The_Events_Of_A_Sweep()
    {
        var dataset = await IngestAsync("headevents");
        var path = await StartAsync($$"""{"dataset": "{{dataset}}", "hiddenUnits": [8192], "epochs": 10000}""");

        var head = (await Api.SendAsync(HttpMethod.Head, path + "/events")).Expect(HttpStatusCode.OK);

        Assert.Equal(("text/event-stream", 0), (head.MediaType, head.Body.Length));
        (await Api.PostAsync(path + "/cancel", "")).Expect(HttpStatusCode.Accepted);
    }
}
