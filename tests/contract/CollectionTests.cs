using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace MusicPipeline.Contract.Tests;

public sealed class CollectionTests(PipelineHost host) : PipelineTests(host)
{
    [Fact]
    public async Task Labelled_Recordings_Become_A_Data_Set_That_Sweeps_Name_Classes_Of()
    {
        var name = Own("strings");
        await UploadAsync(name, "cello", 110, 3);
        await UploadAsync(name, "violin", 660, 4);
        var path = $"/api/collections/{name}";
        Assert.Equal("uploaded", State((await Api.GetAsync(path)).Expect(HttpStatusCode.OK).Json));

        var started = (await Api.SendAsync(HttpMethod.Post, path + "/dataset")).Expect(HttpStatusCode.Accepted);
        Assert.EndsWith(path, started.Location!.ToString(), StringComparison.Ordinal);
        var collection = await CollectionAsync(name, "collected");

        var results = collection["results"]!;
        Assert.Equal(["cello", "violin"], results["labels"]!.AsArray().Select(label => label!["name"]!.GetValue<string>()));
        Assert.Equal([3, 4], results["labels"]!.AsArray().Select(label => label!["recordings"]!.GetValue<int>()));
        var version = results["version"]!.GetValue<string>();
        var dataset = await DatasetAsync(name, "is collected", dataset => dataset["version"]!.GetValue<string>() == version);
        Assert.Equal(["cello", "violin"], dataset["classNames"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Null(dataset["groups"]);
        var file = (await Api.GetAsync($"/api/datasets/{name}/{version}/dataset.json")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(7, file["groups"]!.AsArray().Count);
        (await Api.GetAsync($"/api/datasets/{name}/{version}/train_groups.npy")).Expect(HttpStatusCode.OK);
        Assert.Contains("violin", (await Api.GetAsync(path + "/report.html")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        var recordings = (await Api.GetAsync(path + "/recordings.json")).Expect(HttpStatusCode.OK).Json["recordings"]!.AsArray();
        Assert.All(recordings, recording => Assert.True(recording!["notes"]!.GetValue<int>() > 0));
        Assert.Contains("violin", (await Api.GetAsync(path + "/report.md")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        var all = (await Api.GetAsync("/api/collections")).Expect(HttpStatusCode.OK).Json.AsArray();
        Assert.Contains(all, one => one!["name"]!.GetValue<string>() == name);

        // Again it is the same; with a recording more it is another version.
        await Blobs.UploadAsync("recordings", $"{name}/cello/more.aiff", Recording.Tone(130, seconds: 0.5).Aiff);
        (await Api.PostAsync(path + "/dataset?recipe=mfcc-6x20", "{}")).Expect(HttpStatusCode.Accepted);
        await CollectionAsync(name, "collected", collection => collection["results"]!["version"]!.GetValue<string>() != version);

        var sweep = await StartAsync(
            $$"""{"dataset": "{{name}}", "hiddenUnits": [4], "learningRates": [0.01], "epochs": 3, "validation": "test"}""");
        await SweepAsync(sweep, "completed");
        var report = (await Api.GetAsync(sweep + "/report?format=markdown")).Expect(HttpStatusCode.OK).Text;
        Assert.Contains("Recording by recording", report, StringComparison.Ordinal);
        Assert.Contains("notes of one recording are never on both sides", report, StringComparison.Ordinal);
        (await Api.GetAsync(sweep + "/charts/winner-recordings.png")).Expect(HttpStatusCode.OK);

        // The model says of a recording which of the two plays, and by which notes.
        var id = sweep[(sweep.LastIndexOf('/') + 1)..];
        var tone = Recording.Tone(120, seconds: 0.5).Aiff;
        var said = (await Api.PostAsync($"/api/classify?model={id}", tone, "application/octet-stream")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(["cello", "violin"], said["classes"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Equal("mfcc-6x20/1", said["recipe"]!.GetValue<string>());
        var note = Assert.Single(said["notes"]!.AsArray())!;
        Assert.InRange(note["end"]!.GetValue<double>(), note["start"]!.GetValue<double>() + 0.3, 0.6);
        Assert.Equal(said["label"]!.GetValue<string>(), note["label"]!.GetValue<string>());
        var probabilities = note["probabilities"]!.AsArray().Select(one => one!.GetValue<double>()).ToArray();
        Assert.Equal(1, probabilities.Sum(), 5);
        Assert.Equal(probabilities.Max(), said["probability"]!.GetValue<double>(), 6);
        Assert.Contains(said["label"]!.GetValue<string>(), said["sentence"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Recording_Gets_Another_Label()
    {
        var name = Own("labels");
        await UploadAsync(name, "cello", 110, 2);
        var path = $"/api/collections/{name}/label";
        var content = await Blobs.FindAsync("recordings", $"{name}/cello/1.aiff");

        var moved = (await Api.PostAsync(path, """{"recording": "cello/1.aiff", "label": "viola"}""")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal((name, "viola/1.aiff"), (moved["collection"]!.GetValue<string>(), moved["recording"]!.GetValue<string>()));
        Assert.Equal(content, await Blobs.FindAsync("recordings", $"{name}/viola/1.aiff"));
        Assert.Null(await Blobs.FindAsync("recordings", $"{name}/cello/1.aiff"));
        (await Api.PostAsync(path, """{"recording": "cello/1.aiff", "label": "viola"}""")).Expect(HttpStatusCode.NotFound);
        (await Api.PostAsync(path, """{"recording": "cello/0.aiff", "label": "cello"}""")).Expect(HttpStatusCode.Conflict);
        (await Api.PostAsync(path, """{"recording": "cello/0.aiff"}""")).Expect(HttpStatusCode.BadRequest);
        (await Api.PostAsync(path, """{"recording": "cello/0.aiff", "label": "a/b"}""")).Expect(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Recordings_Are_Played_In_A_Form_That_Browsers_Know()
    {
        var (name, file) = (Own("played"), "50% #1 Flöte.wav");
        var (aiff, samples) = Recording.Tone(seconds: 0.5);
        await Blobs.UploadAsync("recordings", $"{name}/alto flute/{file}", aiff);
        var path = $"/api/collections/{name}/recordings/alto%20flute/{Uri.EscapeDataString(file)}";

        // Its bytes say that it is AIFF, whatever it is called.
        var whole = (await Api.GetAsync(path)).Expect(HttpStatusCode.OK);
        Assert.Equal(("audio/wav", "bytes"), (whole.MediaType, whole.Headers["Accept-Ranges"]));
        Assert.True(whole.Body.AsSpan().StartsWith("RIFF"u8));
        Assert.True(whole.Body.AsSpan().EndsWith(MemoryMarshal.AsBytes(samples.AsSpan())), "The samples are not the recording's.");
        var part = (await Api.SendAsync(HttpMethod.Get, path, ("Range", "bytes=100-299"), ("If-Range", whole.Headers["ETag"])))
            .Expect(HttpStatusCode.PartialContent);
        Assert.Equal(whole.Body[100..300], part.Body);
        Assert.Equal($"bytes 100-299/{whole.Body.Length}", part.Headers["Content-Range"]);
        Assert.Equal("audio/wav", (await Api.SendAsync(HttpMethod.Head, path)).Expect(HttpStatusCode.OK).MediaType);

        // Everything else is as it was uploaded, and of the type that it is of.
        byte[] mp3 = [.. Enumerable.Repeat<byte[]>([0xff, 0xfb, 0x90, 0xc4, .. new byte[413]], 3).SelectMany(frame => frame)];
        foreach (var (content, type) in ((byte[], string)[])[(whole.Body, "audio/wav"), (mp3, "audio/mpeg")])
        {
            await Blobs.UploadAsync("recordings", $"{name}/same/as.it", content);
            var same = (await Api.GetAsync($"/api/collections/{name}/recordings/same/as.it")).Expect(HttpStatusCode.OK);
            Assert.Equal((type, content.Length), (same.MediaType, same.Body.Length));
            Assert.Equal(content, same.Body);
        }

        await Blobs.UploadAsync("recordings", $"{name}/none/text.aiff", Encoding.UTF8.GetBytes("no samples at all, but a sentence"));
        var problem = (await Api.GetAsync($"/api/collections/{name}/recordings/none/text.aiff")).Expect(HttpStatusCode.Conflict);
        Assert.StartsWith("none/text.aiff: ", problem.Detail, StringComparison.Ordinal);
        (await Api.GetAsync($"/api/collections/{name}/recordings/none/never.aiff")).Expect(HttpStatusCode.NotFound);
        (await Api.GetAsync($"/api/collections/{name}/recordings/a%7Cb/0.aiff")).Expect(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_Makes_No_Data_Set_Is_Said()
    {
        var name = Own("one-label");
        await UploadAsync(name, "cello", 110, 3);
        (await Api.SendAsync(HttpMethod.Post, $"/api/collections/{name}/dataset")).Expect(HttpStatusCode.Accepted);
        var problem = (await CollectionAsync(name, "refused"))["results"]!["problem"]!.GetValue<string>();
        Assert.StartsWith($"{name}: all its recordings are under the label 'cello'", problem, StringComparison.Ordinal);

        await Blobs.UploadAsync("recordings", $"{name}/cello/text.aiff", Encoding.UTF8.GetBytes("no samples at all, but a sentence"));
        await UploadAsync(name, "violin", 660, 3);
        (await Api.SendAsync(HttpMethod.Post, $"/api/collections/{name}/dataset")).Expect(HttpStatusCode.Accepted);
        var left = Assert.Single((await CollectionAsync(name, "collected"))["results"]!["leftOut"]!.AsArray())!;
        Assert.Equal("cello/text.aiff", left["file"]!.GetValue<string>());
        await Blobs.RejectionOfAsync("recordings", $"{name}/cello/text.aiff");
    }

    [Theory]
    [InlineData("GET", "/api/collections/never", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/collections/never/dataset", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/collections/never/report.html", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/collections/never/recordings.json", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/collections/a%7Cb/dataset", HttpStatusCode.BadRequest)]
    public async Task Names_That_Are_None_Are_Told(string method, string path, HttpStatusCode status) =>
        Assert.NotEmpty((await Api.SendAsync(HttpMethod.Parse(method), path)).Expect(status).Detail);

    private async Task UploadAsync(string collection, string label, double frequency, int recordings)
    {
        for (var i = 0; i < recordings; i++)
        {
            var tone = Recording.Tone(frequency + (5 * i), seconds: 0.5).Aiff;
            await Blobs.UploadAsync("recordings", $"{collection}/{label}/{i}.aiff", tone);
        }
    }

    private Task<JsonNode> CollectionAsync(string name, string state, Func<JsonNode, bool>? isRight = null) => Eventually.NotNull(
        async () => (await Api.GetAsync($"/api/collections/{name}")).Expect(HttpStatusCode.OK).Json is var collection
            && State(collection) == state && isRight?.Invoke(collection) != false ? collection : null,
        $"{name} to be {state}");
}
