using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Watching;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

/// <summary>Uploads that come twice, at once, or while several hosts look.</summary>
public sealed class ConcurrentUploadTests
{
    private const string Recording = "again.aiff";

    [Fact]
    public async Task The_Last_Upload_Wins_Whoever_Processes_It()
    {
        using var workspace = await Workspace.OpenAsync();
        await using var one = await HostAsync(workspace.Blobs);
        await using var other = await HostAsync(workspace.Blobs);
        byte[][] versions =
        [
            await File.ReadAllBytesAsync(RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff")),
            await File.ReadAllBytesAsync(RepositoryPaths.Sample("Flute.mf.Gb5Ab5.aiff")),
            "no recording at all"u8.ToArray(),
        ];
        var uploads = workspace.Blobs.GetBlobContainerClient("audio-uploads").GetBlobClient(Recording);
        using var done = new CancellationTokenSource();
        var looking = Task.WhenAll(LookAsync(one, done.Token), LookAsync(other, done.Token));

        // Each upload finds the hosts somewhere in the middle of an earlier one.
        for (var round = 0; round < 12; round++)
        {
            await uploads.UploadAsync(BinaryData.FromBytes(versions[round % versions.Length]), overwrite: true);
            await Task.Delay(round * 10);
        }

        await uploads.UploadAsync(BinaryData.FromBytes(versions[0]), overwrite: true);
        await done.CancelAsync();
        await looking;
        foreach (var host in (ServiceProvider[])[one, other]) await PassAsync(host);

        var audio = JsonDocument.Parse(await workspace.ReadAsync("audio", Recording + "/audio.json")).RootElement;
        var present = (await uploads.GetPropertiesAsync()).Value;
        Assert.Equal(present.ETag.ToString("H"), audio.GetProperty("eTag").GetString());
        var wave = await workspace.ReadAsync("audio", Recording + "/audio.wav");
        using var expected = new MemoryStream();
        WavConversion.Convert(new MemoryStream(versions[0]), expected, CancellationToken.None);
        Assert.True(expected.ToArray().AsSpan().SequenceEqual(wave), "audio.wav is of another version than audio.json.");
        Assert.Empty(await workspace.ListAsync("rejected"));
    }

    [Fact]
    public async Task The_Same_Files_At_Once_Make_One_Version()
    {
        using var workspace = await Workspace.OpenAsync();
        string[] files = [.. Directory.GetFiles(RepositoryPaths.Sample(""), "notes_*.npy"), RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff")];
        string[] upload = ["upload", .. files, files[^1]];
        var runs = await workspace.RunAtOnceAsync(upload, upload);
        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Error));

        var versions = (await workspace.ListAsync("datasets")).Keys.Where(name => name.EndsWith("/dataset.json", StringComparison.Ordinal));
        Assert.Single(versions);
        Assert.Equal(5, (await workspace.ListAsync("audio")).Count);
        Assert.Empty(await workspace.ListAsync("rejected"));
    }

    [Fact]
    public async Task Two_Files_Of_One_Name_Are_Refused()
    {
        using var workspace = await Workspace.OpenAsync();
        foreach (var folder in (string[])["one", "two"])
        {
            Directory.CreateDirectory(workspace.File(folder));
            File.Copy(RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff"), Path.Combine(workspace.File(folder), "oboe.aiff"));
        }

        var result = await workspace.RunAsync("upload", "one/oboe.aiff", "two/oboe.aiff");
        Assert.Equal(2, result.ExitCode);
        Assert.Matches(@"^music: oboe\.aiff: one/oboe\.aiff and two/oboe\.aiff would become the same upload; [^\n]+\.\n$", result.Error);
    }

    private static async Task<ServiceProvider> HostAsync(BlobServiceClient blobs)
    {
        var services = new ServiceCollection().AddPipeline(blobs).AddLogging(logging => logging.ClearProviders()).BuildServiceProvider();
        await services.GetRequiredService<IArtifactStore>().EnsureContainersAsync();
        return services;
    }

    private static Task PassAsync(ServiceProvider host) =>
        host.GetRequiredService<UploadPass>().RunAsync(onResult: null, CancellationToken.None);

    private static async Task LookAsync(ServiceProvider host, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await PassAsync(host);
            await Task.Yield();
        }
    }
}
