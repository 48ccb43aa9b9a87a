using System.Net;

namespace MusicPipeline.Contract.Tests;

/// <summary>The links of pages that are opened over HTTP.</summary>
public sealed class LinkTests(PipelineHost host) : PipelineTests(host)
{
    [Fact]
    public async Task Every_Link_Of_A_Report_Leads_Where_It_Does_In_Storage()
    {
        var dataset = await IngestAsync("links");

        // One trial diverges or is pruned, so that not every row has a result to link to.
        var path = await StartAsync(
            $$"""
            {"dataset": "{{dataset}}", "learningRates": [0.1, 0.00001], "hiddenUnits": [3, 4], "epochs": 9, "maxParallel": 1,
             "pruner": {"kind": "asha", "factor": 2}, "baselines": ["naive-bayes"]}
            """);
        var sweep = await SweepAsync(path, "completed");
        Assert.Contains(sweep["trials"]!.AsArray(), trial => State(trial!) == "pruned");
        var id = sweep["id"]!.GetValue<string>();

        foreach (var page in (string[])["report", "report?format=md", "report.html", "report.md"])
        {
            var links = await FollowAsync($"/api/sweeps/{id}/{page}");
            Assert.Contains($"sweeps/{id}/best.onnx", links);
            Assert.Contains(
                links,
                link => link.StartsWith("trials/", StringComparison.Ordinal) && link.EndsWith("/model.onnx", StringComparison.Ordinal));
            Assert.Contains(links, link => link.StartsWith("baselines/", StringComparison.Ordinal));
            Assert.Equal(
                page.Contains("md", StringComparison.Ordinal),
                links.Exists(link => link.StartsWith($"sweeps/{id}/charts/", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("cello.aiff")]
    [InlineData("inner folder/50% #1 Flöte.aiff")]
    public async Task The_Player_Finds_Its_Sound_And_Its_Picture(string name)
    {
        name = Own("") + name;
        await Blobs.UploadAsync(Blobs.AudioUploads, name, Recording.Tone().Aiff);
        await ConvertedAsync(name);

        foreach (var escaped in (string[])[Uri.EscapeDataString(name), string.Join('/', name.Split('/').Select(Uri.EscapeDataString))])
        {
            var files = new List<string>();
            var page = new Uri(new Uri("http://host"), $"/api/audio/{escaped}/index.html");
            foreach (var link in PageLinks.Of((await Api.GetAsync(page.AbsolutePath)).Expect(HttpStatusCode.OK).Text))
            {
                files.Add(link);
                Assert.NotEmpty((await Api.GetAsync(new Uri(page, link).PathAndQuery)).Expect(HttpStatusCode.OK).Body);
            }

            Assert.Equal(["audio.wav", "mel.png"], files.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>Follows the links of a page; what they lead to is what lies in storage under the same path, which is told.</summary>
    private async Task<List<string>> FollowAsync(string page)
    {
        var paths = new List<string>();
        foreach (var link in PageLinks.Of((await Api.GetAsync(page)).Expect(HttpStatusCode.OK).Text))
        {
            var target = new Uri(new Uri("http://host" + page), link);
            var answer = (await Api.GetAsync(target.PathAndQuery)).Expect(HttpStatusCode.OK);
            var path = target.AbsolutePath["/api/".Length..];
            Assert.Equal(await Blobs.FindAsync(path.Split('/', 2)[0], path.Split('/', 2)[1]), answer.Body);
            paths.Add(path);
        }

        return paths;
    }
}
