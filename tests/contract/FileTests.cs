using System.Net;

namespace MusicPipeline.Contract.Tests;

/// <summary>The files of results over HTTP: all of them, in ranges, and nothing else.</summary>
public sealed class FileTests(PipelineHost host) : PipelineTests(host)
{
    [Fact]
    public async Task Hands_Out_Every_File_Of_A_Sweep_Its_Trials_And_Its_Data_And_No_Other()
    {
        var dataset = await IngestAsync("files");
        var path = await StartAsync(
            $$"""{"dataset": "{{dataset}}", "hiddenUnits": [3, 4], "epochs": 2, "baselines": ["naive-bayes"]}""");
        var sweep = await SweepAsync(path, "completed");
        var id = sweep["id"]!.GetValue<string>();
        var trial = sweep["trials"]!.AsArray()[0]!["id"]!.GetValue<string>();
        var version = sweep["datasetVersion"]!.GetValue<string>();

        var files = new List<string>();
        foreach (var folder in (string[])[$"sweeps/{id}/", $"trials/{trial}/", $"datasets/{dataset}/{version}/"])
        {
            var (container, prefix) = Split(folder);
            files.AddRange((await Blobs.ListAsync(container, prefix)).Select(name => $"{container}/{name}"));
        }

        string[] results =
        [
            "sweep.json", "report.html", "report.md", "trials.csv", "histories.csv", "best.onnx", "trial.json", "history.json",
            "model.onnx",
            "dataset.json", "scaler.json", "train_data.npy", "train_labels.npy", "test_data.npy", "test_labels.npy",
        ];
        var isResult = files.ToLookup(file => results.Contains(Path.GetFileName(file), StringComparer.Ordinal)
            || file.StartsWith($"sweeps/{id}/charts/", StringComparison.Ordinal));
        var charts = isResult[true].Where(file => file.EndsWith(".png", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(charts);
        Assert.Equal(results.Order(), isResult[true].Except(charts).Select(file => Path.GetFileName(file)).Order());
        // A plan at least, which is the pipeline's own.
        Assert.NotEmpty(isResult[false]);
        foreach (var file in isResult[true]) await IsHandedOutAsync(file);
        foreach (var file in isResult[false]) (await Api.GetAsync($"/api/{file}")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Hands_Out_Sound_In_Ranges_And_In_The_Version_That_Was_Asked_For()
    {
        var name = Own("range") + " 1.aiff";
        await Blobs.UploadAsync(Blobs.AudioUploads, name, Recording.Tone().Aiff);
        await ConvertedAsync(name);
        var path = $"/api/audio/{Uri.EscapeDataString(name)}/audio.wav";
        var whole = (await Api.GetAsync(path)).Expect(HttpStatusCode.OK);
        var etag = whole.Headers["ETag"];
        Assert.Equal("bytes", whole.Headers["Accept-Ranges"]);
        foreach (var file in (string[])["audio.json", "audio.wav", "mel.npy", "mel.png", "index.html"])
            await IsHandedOutAsync($"audio/{name}/{file}");

        foreach (var (range, start, end) in ((string, int, int)[])
        [
            ("bytes=0-0", 0, 1), ("bytes=100-299", 100, 300), ($"bytes=-44", whole.Body.Length - 44, whole.Body.Length),
            ("bytes=1000-", 1000, whole.Body.Length),
        ])
        {
            var part = (await Api.SendAsync(
                HttpMethod.Get, path, ("Range", range), ("If-Range", etag))).Expect(HttpStatusCode.PartialContent);
            Assert.Equal($"bytes {start}-{end - 1}/{whole.Body.Length}", part.Headers["Content-Range"]);
            Assert.Equal(whole.Body[start..end], part.Body);
        }

        var beyond = (await Api.SendAsync(
            HttpMethod.Get, path, ("Range", $"bytes={whole.Body.Length}-"))).Expect(HttpStatusCode.RequestedRangeNotSatisfiable);
        Assert.Equal($"bytes */{whole.Body.Length}", beyond.Headers["Content-Range"]);
        Assert.Empty((await Api.SendAsync(HttpMethod.Get, path, ("If-None-Match", etag))).Expect(HttpStatusCode.NotModified).Body);

        // After another upload the old version is not continued.
        await Blobs.UploadAsync(Blobs.AudioUploads, name, Recording.Tone(frequency: 880, seconds: 0.3).Aiff);
        await ConvertedAsync(name, audio => audio["recording"]!["seconds"]!.GetValue<double>() > 0.25);
        Assert.True((await Api.SendAsync(
            HttpMethod.Get, path, ("Range", "bytes=0-0"), ("If-Range", etag))).Expect(HttpStatusCode.OK).Body.Length > whole.Body.Length);
        (await Api.SendAsync(HttpMethod.Get, path, ("If-Match", etag))).Expect(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Tells_Of_A_File_That_Its_Recording_Is_Not_Converted()
    {
        var name = Own("silent") + ".aiff";
        await Blobs.UploadAsync(Blobs.AudioUploads, name, Recording.WithoutChannels());
        await Blobs.RejectionOfAsync(Blobs.AudioUploads, name);
        Assert.Contains(
            "COMM", (await Api.GetAsync($"/api/audio/{name}/audio.wav")).Expect(HttpStatusCode.Conflict).Detail, StringComparison.Ordinal);
        (await Api.GetAsync("/api/audio/never.aiff/audio.wav")).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/api/sweeps/none-0123456789/best.onnx")]
    [InlineData("/api/sweeps/keys/sweep.json")]
    [InlineData("/api/sweeps/..%2Ftrials/sweep.json")]
    [InlineData("/api/sweeps/none-0123456789/charts/..%2Fsweep.json")]
    [InlineData("/api/sweeps/none-0123456789/charts/..%2F..%2Fother%2Fcharts%2Fx.png")]
    [InlineData("/api/trials/0123456789abcdef/model.onnx")]
    [InlineData("/api/trials/..%2Fsweeps/trial.json")]
    [InlineData("/api/baselines/0123456789abcdef/baseline.json")]
    [InlineData("/api/datasets/notes/..%2F..%2Fsweeps/dataset.json")]
    [InlineData("/api/datasets/..%2Fsweeps/x/dataset.json")]
    [InlineData("/api/datasets/none/0123456789abcdef/current.json")]
    [InlineData("/api/audio/..%2F..%2Fsweeps/audio.json")]
    public async Task Hands_Out_Nothing_From_Elsewhere(string path)
    {
        var answer = await Api.GetAsync(path);
        Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{path}: {answer.Status}");
    }

    /// <summary>
    /// The bytes are those in storage, the type is told, and what is no page, picture or sound is saved under a name of its own.
    /// </summary>
    private async Task IsHandedOutAsync(string file)
    {
        var (container, name) = Split(file);
        var answer = (await Api.GetAsync(
            "/api/" + string.Join('/', file.Split('/').Select(Uri.EscapeDataString)))).Expect(HttpStatusCode.OK);
        Assert.Equal(await Blobs.FindAsync(container, name), answer.Body);
        var (type, isSaved) = Path.GetExtension(file) switch
        {
            ".json" => ("application/json", false),
            ".html" => ("text/html", false),
            ".md" => ("text/markdown", false),
            ".png" => ("image/png", false),
            ".wav" => ("audio/wav", false),
            ".csv" => ("text/csv", true),
            _ => ("application/octet-stream", true),
        };
        Assert.Equal(type, answer.MediaType);
        Assert.Equal(isSaved, answer.Headers.TryGetValue("Content-Disposition", out var disposition));
        if (isSaved) Assert.Contains($"-{file.Split('/')[^1]}", disposition!, StringComparison.Ordinal);
    }

    private static (string Container, string Name) Split(string path) =>
        path.Split('/', 2) is [var container, var name] ? (container, name) : default;
}
