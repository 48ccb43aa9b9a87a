using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MusicPipeline.Contract.Tests;

public sealed class UploadTests(PipelineHost host) : PipelineTests(host)
{
    [Fact]
    public async Task Takes_A_Recording_In_And_Tells_What_Became_Of_It()
    {
        var name = Own("folder/put") + " ä#.aiff";
        var path = "/api/uploads/audio-uploads/" + string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        var bytes = Recording.Tone(seconds: 0.2).Aiff;

        var taken = (await Api.PutAsync(path, bytes)).Expect(HttpStatusCode.Accepted);

        Assert.Equal((bytes.Length, "waiting"), (taken.Json["bytes"]!.GetValue<int>(), State(taken.Json)));
        Assert.Equal(bytes, await Blobs.FindAsync(Blobs.AudioUploads, name));
        var done = await StatusAsync(path, "processed");
        Assert.Equal($"audio-uploads/{name}", done["upload"]!.GetValue<string>());
        Assert.Contains("0.2 s", done["message"]!.GetValue<string>(), StringComparison.Ordinal);
        await ConvertedAsync(name);
        var listed = (await Api.GetAsync("/api/recordings?take=1000")).Expect(HttpStatusCode.OK).Json;
        Assert.Contains(listed["recordings"]!.AsArray(), recording => recording!["name"]!.GetValue<string>() == name);
        Assert.Single((await Api.GetAsync("/api/recordings?take=1")).Json["recordings"]!.AsArray());
        (await Api.GetAsync("/api/recordings?take=all")).Expect(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Says_Which_Arrays_A_Data_Set_Waits_For()
    {
        var name = Own("put");
        var arrays = Arrays.Dataset(name).ToList();
        foreach (var (file, content) in arrays.SkipLast(1))
            (await Api.PutAsync($"/api/uploads/dataset-uploads/{file}", content)).Expect(HttpStatusCode.Accepted);

        var (first, last) = ($"/api/uploads/dataset-uploads/{arrays[0].Key}", arrays[^1]);
        var waiting = await StatusAsync(first, "waitingForOthers");
        Assert.Equal($"{name} waits for {last.Key}.", waiting["message"]!.GetValue<string>());

        (await Api.PutAsync($"/api/uploads/dataset-uploads/{last.Key}", last.Value)).Expect(HttpStatusCode.Accepted);
        var done = await StatusAsync(first, "processed");
        Assert.Contains($"{name} is at version", done["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploads_The_Samples_Of_Whoever_Begins()
    {
        var first = (await Api.SendAsync(HttpMethod.Post, "/api/samples")).Expect(HttpStatusCode.Accepted).Json;

        Assert.Equal(("notes", "samples"), (first["dataset"]!.GetValue<string>(), first["collection"]!.GetValue<string>()));
        await StatusAsync("/api/uploads/audio-uploads/Flute.mf.Gb5Ab5.aiff", "processed");
        var done = await StatusAsync("/api/uploads/dataset-uploads/notes_train_data.npy", "processed");
        Assert.Contains("notes is at version", done["message"]!.GetValue<string>(), StringComparison.Ordinal);
        (await Api.GetAsync("/api/collections/samples")).Expect(HttpStatusCode.OK);

        // Those that are there stay what they are.
        var second = (await Api.SendAsync(HttpMethod.Post, "/api/samples")).Expect(HttpStatusCode.Accepted).Json;
        Assert.Equal((first["files"]!.GetValue<int>(), 0), (second["files"]!.GetValue<int>(), second["uploaded"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Lists_What_Was_Rejected_Until_It_Is_Mended()
    {
        var name = Own("put-bad") + ".aiff";
        var path = $"/api/uploads/audio-uploads/{name}";
        (await Api.PutAsync(path, Recording.WithoutChannels())).Expect(HttpStatusCode.Accepted);

        var rejected = await StatusAsync(path, "rejected");

        Assert.Contains("COMM", rejected["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(await RejectedAsync(), upload => upload == $"audio-uploads/{name}");
        // Sent again it is another version, of which nothing is said yet.
        (await Api.PutAsync(path, Recording.Tone().Aiff)).Expect(HttpStatusCode.Accepted);
        await StatusAsync(path, "processed");
        Assert.DoesNotContain(await RejectedAsync(), upload => upload == $"audio-uploads/{name}");
    }

    [Theory]
    [InlineData("audio-uploads/", HttpStatusCode.BadRequest)]
    [InlineData("audio-uploads/a%2F..%2Fb.aiff", HttpStatusCode.BadRequest)]
    [InlineData("dataset-uploads/notes.npy", HttpStatusCode.BadRequest)]
    [InlineData("dataset-uploads/folder/notes_train_data.npy", HttpStatusCode.BadRequest)]
    [InlineData("recordings/strings/scale.aiff", HttpStatusCode.BadRequest)]
    [InlineData("trials/x.json", HttpStatusCode.NotFound)]
    public async Task Takes_Nothing_Under_A_Wrong_Name(string name, HttpStatusCode status)
    {
        (await Api.PutAsync("/api/uploads/" + name, [1])).Expect(status);
        (await Api.GetAsync("/api/uploads/" + name)).Expect(status);
    }

    [Fact]
    public async Task Takes_No_Empty_File()
    {
        var name = Own("put-empty") + ".aiff";

        var problem = (await Api.PutAsync($"/api/uploads/audio-uploads/{name}", [])).Expect(HttpStatusCode.BadRequest);

        Assert.Contains("empty", problem.Detail, StringComparison.Ordinal);
        Assert.False(await Blobs.ExistsAsync(Blobs.AudioUploads, name));
        (await Api.GetAsync($"/api/uploads/audio-uploads/{name}")).Expect(HttpStatusCode.NotFound);
    }

    /// <summary>A file that is too long is refused before it is sent, with what to do instead.</summary>
    [Fact]
    public async Task Says_Of_A_File_That_Is_Too_Long_Where_It_Goes_Instead()
    {
        var name = Own("put-long") + ".aiff";
        var most = (await Api.GetAsync("/api/system")).Expect(HttpStatusCode.OK).Json["uploadMegabytes"]!.GetValue<int>();
        await using var file = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        file.SetLength((most * 1_000_000L) + 1);

        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/uploads/audio-uploads/{name}") { Content = new StreamContent(file) };
        request.Headers.ExpectContinue = true;
        var problem = (await Api.SendAsync(request)).Expect(HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains($"longer than {most} MB", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("az storage blob upload --container-name audio-uploads", problem.Detail, StringComparison.Ordinal);
        Assert.False(await Blobs.ExistsAsync(Blobs.AudioUploads, name));
    }

    /// <summary>A body that breaks off leaves nothing, or what was there before.</summary>
    [Fact]
    public async Task Keeps_Nothing_Of_What_Breaks_Off()
    {
        var name = Own("put-broken") + ".aiff";
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(Api.Address.Host, Api.Address.Port);
            var head = $"PUT /api/uploads/audio-uploads/{name} HTTP/1.1\r\nHost: {Api.Address.Authority}\r\nContent-Length: 5000000\r\n"
                + $"{KeyHeader()}\r\n";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            await socket.GetStream().WriteAsync(new byte[1_000_000]);
        }

        var whole = Own("put-whole") + ".aiff";
        (await Api.PutAsync($"/api/uploads/audio-uploads/{whole}", Recording.Tone().Aiff)).Expect(HttpStatusCode.Accepted);
        await StatusAsync($"/api/uploads/audio-uploads/{whole}", "processed");
        Assert.False(await Blobs.ExistsAsync(Blobs.AudioUploads, name));
    }

    private static string KeyHeader() =>
        Environment.GetEnvironmentVariable("MUSIC_FUNCTIONS_KEY") is { Length: > 0 } key ? $"x-functions-key: {key}\r\n" : "";

    private Task<JsonNode> StatusAsync(string path, string state) => Eventually.NotNull(
        async () => (await Api.GetAsync(path)).Expect(HttpStatusCode.OK).Json is var status && State(status) == state ? status : null,
        $"{path} to be {state}");

    private async Task<IEnumerable<string>> RejectedAsync() =>
        (await Api.GetAsync("/api/rejected")).Expect(HttpStatusCode.OK).Json.AsArray().Select(one => one!["upload"]!.GetValue<string>());
}
