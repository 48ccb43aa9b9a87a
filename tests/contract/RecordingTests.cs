using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace MusicPipeline.Contract.Tests;

public sealed class RecordingTests(PipelineHost host) : PipelineTests(host)
{
    public static TheoryData<string> Names { get; } =
    [
        "plain.aiff",
        "two words.aif",
        "Flöte, 笛 🎺.aiff",
        "folder/inner folder/note.aifc",
        "100% + #1 & 'more' (take 2).aiff",
        "no extension",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Converts_A_Recording_Of_Any_Name(string name)
    {
        name = Own("") + name;
        await Blobs.UploadAsync(Blobs.AudioUploads, name, Recording.Tone().Aiff);

        var audio = await ConvertedAsync(name);
        Assert.Equal(name, audio["name"]!.GetValue<string>());

        // A client may as well escape the name whole, slashes included.
        var whole = (await Api.GetAsync($"/api/audio/{Uri.EscapeDataString(name)}")).Expect(HttpStatusCode.OK);
        Assert.Equal(name, whole.Json["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Writes_Wave_Picture_Array_And_Page()
    {
        var name = Own("stereo") + ".aiff";
        var (aiff, samples) = Recording.Tone(channels: 2);
        await Blobs.UploadAsync(Blobs.AudioUploads, name, aiff);

        var audio = await ConvertedAsync(name);
        var recording = audio["recording"]!;
        Assert.Equal(2, recording["channels"]!.GetValue<int>());
        Assert.Equal(Recording.Rate, recording["sampleRate"]!.GetValue<double>());
        Assert.Equal(16, recording["bitsPerSample"]!.GetValue<int>());
        Assert.Equal(samples.Length / 2, recording["frames"]!.GetValue<int>());
        Assert.Equal(0.2, recording["seconds"]!.GetValue<double>(), 9);
        Assert.Empty(recording["warnings"]!.AsArray());

        var wave = await ReadAsync(name, "audio.wav");
        Assert.True(wave.AsSpan().StartsWith("RIFF"u8));
        Assert.True(wave.AsSpan().EndsWith(MemoryMarshal.AsBytes(samples.AsSpan())), "The samples are not the recording's.");
        Assert.True((await ReadAsync(name, "mel.png")).AsSpan().Slice(1).StartsWith("PNG"u8));
        var array = await ReadAsync(name, "mel.npy");
        var (bands, frames) = (audio["mel"]!["bands"]!.GetValue<int>(), audio["mel"]!["frames"]!.GetValue<int>());
        Assert.Contains($"({bands}, {frames})", Encoding.ASCII.GetString(array, 0, 128), StringComparison.Ordinal);
        Assert.Equal(array.Length % 64, 4 * bands * frames % 64);
        Assert.Contains("audio.wav", Encoding.UTF8.GetString(await ReadAsync(name, "index.html")), StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(audio, JsonNode.Parse(await ReadAsync(name, "audio.json"))));
    }

    [Fact]
    public async Task Converts_Again_What_Is_Uploaded_Again()
    {
        var name = Own("again") + ".aiff";
        await Blobs.UploadAsync(Blobs.AudioUploads, name, Recording.Tone(seconds: 0.1).Aiff);
        await ConvertedAsync(name);

        var (aiff, samples) = Recording.Tone(frequency: 880, seconds: 0.3);
        await Blobs.UploadAsync(Blobs.AudioUploads, name, aiff);
        var audio = await ConvertedAsync(name, audio => audio["recording"]!["frames"]!.GetValue<int>() == samples.Length);
        Assert.True((await ReadAsync(name, "audio.wav")).AsSpan().EndsWith(MemoryMarshal.AsBytes(samples.AsSpan())));
        Assert.Equal(0.3, audio["recording"]!["seconds"]!.GetValue<double>(), 9);
    }

    [Fact]
    public async Task Says_What_Is_Wrong_With_A_Recording_Until_It_Is_Mended()
    {
        var name = Own("no-channels") + ".aiff";
        await Blobs.UploadAsync(Blobs.AudioUploads, name, Recording.WithoutChannels());

        var rejection = await Blobs.RejectionOfAsync(Blobs.AudioUploads, name);
        Assert.Equal($"{Blobs.AudioUploads}/{name}", rejection["upload"]!.GetValue<string>());
        Assert.Contains("COMM", rejection["problem"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(rejection["remedy"]!.GetValue<string>());
        Assert.True(await Blobs.ExistsAsync(Blobs.AudioUploads, name));
        Assert.Empty(await Blobs.ListAsync("audio", name + "/"));
        var problem = (await Api.GetAsync($"/api/audio/{name}")).Expect(HttpStatusCode.Conflict);
        Assert.Contains(rejection["problem"]!.GetValue<string>(), problem.Detail, StringComparison.Ordinal);

        // A host that polls tells uploads by the second of their last write.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        await Blobs.UploadAsync(Blobs.AudioUploads, name, Recording.Tone().Aiff);
        await ConvertedAsync(name);
        await NoRejectionAsync(name);
    }

    [Fact]
    public async Task Gives_Up_What_Cannot_Be_Written_And_Says_So()
    {
        var name = Own("poison") + ".aiff";
        var lease = await Blobs.LockAsync("audio", $"{name}/audio.wav");
        await Blobs.UploadAsync(Blobs.AudioUploads, name, Recording.Tone().Aiff);

        var rejection = await Blobs.RejectionOfAsync(Blobs.AudioUploads, name);
        Assert.Equal($"{Blobs.AudioUploads}/{name}", rejection["upload"]!.GetValue<string>());
        Assert.Contains("5 tries", rejection["problem"]!.GetValue<string>(), StringComparison.Ordinal);
        var problem = (await Api.GetAsync($"/api/audio/{name}")).Expect(HttpStatusCode.Conflict);
        Assert.Contains("5 tries", problem.Detail, StringComparison.Ordinal);

        await lease.ReleaseAsync();
        await Blobs.UploadAsync(Blobs.AudioUploads, name, Recording.Tone().Aiff);
        await ConvertedAsync(name);
        await NoRejectionAsync(name);
    }

    [Fact]
    public async Task Ignores_An_Empty_Upload()
    {
        var (empty, later) = (Own("empty") + ".aiff", Own("later") + ".aiff");
        await Blobs.UploadAsync(Blobs.AudioUploads, empty, []);
        await Blobs.UploadAsync(Blobs.AudioUploads, later, Recording.Tone().Aiff);
        await ConvertedAsync(later);

        // The later one went through, so the empty one had its turn too.
        Assert.Empty(await Blobs.ListAsync("rejected", $"{Blobs.AudioUploads}/{empty}"));
        Assert.Empty(await Blobs.ListAsync("audio", empty));
        (await Api.GetAsync($"/api/audio/{empty}")).Expect(HttpStatusCode.Conflict);

        await Blobs.UploadAsync(Blobs.AudioUploads, empty, Recording.Tone().Aiff);
        await ConvertedAsync(empty);
    }

    [Fact]
    public async Task Knows_No_Recording_That_Was_Never_Uploaded() =>
        Assert.Contains(
            "never.aiff", (await Api.GetAsync("/api/audio/never.aiff")).Expect(HttpStatusCode.NotFound).Detail, StringComparison.Ordinal);

    private Task NoRejectionAsync(string name) => Eventually.NotNull(
        async () => await Blobs.FindAsync("rejected", $"{Blobs.AudioUploads}/{name}.json") is null ? name : null,
        "the rejection to go");

    private async Task<byte[]> ReadAsync(string name, string file) =>
        await Blobs.FindAsync("audio", $"{name}/{file}") ?? throw new FileNotFoundException(file);
}
