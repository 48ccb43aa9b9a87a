using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Functions.Uploads;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using MusicPipeline.Uploads;
using Xunit;

namespace MusicPipeline.Functions.Tests.Uploads;

public sealed class ReportPoisonTests
{
    private static readonly BlobPath Upload = BlobPaths.AudioUpload("tapes/one.aiff");

    private readonly InMemoryArtifactStore _store = InMemoryArtifactStore.WithContainers();

    private Rejections Rejections => new(_store, TimeProvider.System);

    [Fact]
    public async Task Explains_An_Upload_That_Was_Given_Up()
    {
        await _store.WriteAsync(Upload, new byte[] { 1 });
        var etag = (await _store.FindAsync(Upload))!.ETag;

        await ReportAsync(Message(etag));

        var rejected = await Rejections.FindAsync(Upload);
        Assert.Equal("audio-uploads/tapes/one.aiff", rejected!.Upload);
        Assert.Equal(etag, rejected.ETag);
        Assert.Contains("5 tries", rejected.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_Nothing_Of_A_Version_That_Is_No_More()
    {
        await _store.WriteAsync(Upload, new byte[] { 1 });
        await ReportAsync(Message("\"another\""));
        Assert.Null(await Rejections.FindAsync(Upload));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"ContainerName": "sweeps", "BlobName": "a"}""")]
    [InlineData("""{"ContainerName": "audio-uploads", "BlobName": "never uploaded"}""")]
    public async Task Passes_Over_What_Names_No_Upload(string message)
    {
        await ReportAsync(message);
        Assert.DoesNotContain(_store.Snapshot().Keys, name => name.StartsWith("rejected/", StringComparison.Ordinal));
    }

    [Fact]
    public void Gives_Up_As_Often_As_The_Host_Does()
    {
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "functions", "host.json")))!;
        Assert.Equal(Rejections.MaxAttempts, host["extensions"]!["blobs"]!["poisonBlobThreshold"]!.GetValue<int>());
    }

    private Task ReportAsync(string message) =>
        new ReportPoison(Rejections, NullLogger<ReportPoison>.Instance).RunAsync(message, default);

    // As the host writes it.
    private static string Message(string etag) => new JsonObject
    {
        ["Type"] = "BlobTrigger",
        ["FunctionId"] = "Host.Functions.ConvertAudio",
        ["BlobType"] = "BlockBlob",
        ["ContainerName"] = Upload.Container,
        ["BlobName"] = Upload.Name,
        ["ETag"] = etag,
    }.ToJsonString();
}
