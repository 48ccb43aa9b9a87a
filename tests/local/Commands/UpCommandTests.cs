using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using MusicPipeline.Json;
using MusicPipeline.Local.Storage;
using MusicPipeline.Local.Tests;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

public sealed class UpCommandTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Starts_Azurite_Again_When_It_Dies()
    {
        using var program = await StartAsync();
        var up = JsonDocument.Parse((await program.StandardOutput.ReadLineAsync())!).RootElement;
        var first = Endpoints();
        using (var azurite = Process.GetProcessById(first.Pid)) azurite.Kill();
        Assert.Equal(
            "The storage emulator Azurite had died and is up again, on the same data and ports.",
            await MusicProgram.LineAsync(program, "had died"));

        var second = Endpoints();
        Assert.NotEqual(first.Pid, second.Pid);
        Assert.Equal(first.ConnectionString, second.ConnectionString);
        await ConvertAsync(program, up);

        await LeavesNoProcessBehindAsync(program, "TERM", 143);
    }

    [Fact]
    public async Task Ends_With_One_Sentence_Where_Azurite_Cannot_Be_Started_Again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals here.");
        using var program = await StartAsync();
        var up = JsonDocument.Parse((await program.StandardOutput.ReadLineAsync())!).RootElement;
        await ConvertAsync(program, up);
        // Stopped, it cannot save over the damage.
        using (var azurite = Process.GetProcessById(Endpoints().Pid))
        {
            using (var stop = Process.Start("kill", ["-STOP", azurite.Id.ToString()])) await stop.WaitForExitAsync();
            await File.WriteAllTextAsync(_data.File("__azurite_db_blob__.json"), "{ damaged");
            azurite.Kill();
        }

        var errors = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.Equal(1, program.ExitCode);
        var complaint = Assert.Single(errors.Split('\n'), line => line.StartsWith("music:", StringComparison.Ordinal));
        Assert.Matches(@"^music: Azurite did not start [^\n]+; if its data in [^\n]+ is damaged, [^\n]+\.$", complaint);
    }

    [Fact]
    public async Task A_Second_One_And_An_Upload_Leave_The_Work_To_The_First()
    {
        using var program = await StartAsync();
        var url = JsonDocument.Parse((await program.StandardOutput.ReadLineAsync())!).RootElement.GetProperty("url").GetString();
        using var second = await StartAsync();
        var error = await second.StandardError.ReadToEndAsync();
        await second.WaitForExitAsync();
        Assert.Equal(1, second.ExitCode);
        Assert.Equal(
            $"music: another 'up' serves {_data.FullPath} already at {url}; use that one, or name another folder in MUSIC_DATA.\n", error);

        // What is uploaded beside it is told of as if it were not there.
        string[] files = [.. Directory.GetFiles(RepositoryPaths.Sample(""), "notes_*.npy"), RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff")];
        var upload = await MusicProgram.RunInAsync(
            RepositoryPaths.Root, ["upload", .. files], ("MUSIC_DATA", _data.FullPath), ("AzureWebJobsStorage", ""));
        Assert.True(upload.ExitCode == 0, upload.Error);
        Assert.Matches(
            @"^notes is at version \w+: 6000 training and 1500 test rows of 120 features, 10 classes[^\n]*\.\n"
            + @"Oboe\.mf\.Eb5F5\.aiff is converted: audio/Oboe\.mf\.Eb5F5\.aiff/\n$",
            upload.Output);

        // One that was killed keeps nobody out.
        await LeavesNoProcessBehindAsync(program, "KILL", 137);
        using var third = MusicProgram.Start(
            RepositoryPaths.Root, ["up", "--port", "0"], ("MUSIC_DATA", _data.FullPath), ("AzureWebJobsStorage", ""));
        string? line;
        do line = await third.StandardOutput.ReadLineAsync();
        while (line is not null && !line.Contains("Ctrl-C", StringComparison.Ordinal));
        Assert.NotNull(line);
        await LeavesNoProcessBehindAsync(third, "INT", 130);
    }

    [Fact]
    public async Task A_Data_Folder_That_Cannot_Be_Used_Names_The_Setting()
    {
        await File.WriteAllTextAsync(_data.File("file"), "a file where a folder is meant");
        foreach (var command in (string[][])[["up", "--port", "0"], ["upload", RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff")]])
        {
            foreach (var folder in (string[])[_data.File("file"), _data.File("file/below")])
            {
                using var program = MusicProgram.Start(RepositoryPaths.Root, command, ("MUSIC_DATA", folder), ("AzureWebJobsStorage", ""));
                var error = await program.StandardError.ReadToEndAsync();
                await program.WaitForExitAsync();
                Assert.Equal(1, program.ExitCode);
                Assert.Matches(
                    $@"^music: no data can be kept in {Regex.Escape(folder)} [^\n]+; name a folder that can be written in MUSIC_DATA\.\n$",
                    error);
            }
        }
    }

    [Fact]
    public async Task Says_That_Nothing_Listens_Where_The_Settings_Point()
    {
        using var program = MusicProgram.Start(
            RepositoryPaths.Root,
            ["up", "--port", "0"],
            ("AzureWebJobsStorage", "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:1/a"));
        var error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.Equal(1, program.ExitCode);
        Assert.Matches(@"^music: nothing listens at http://127\.0\.0\.1:1/a[^\n]+\.\n$", error);
    }

    private AzuriteEndpoints Endpoints() =>
        JsonSerializer.Deserialize<AzuriteEndpoints>(File.ReadAllBytes(_data.File("host.json")), PipelineJson.Options)!;

    private async Task<Process> StartAsync()
    {
        await AzuriteFolder.InstalledAsync();
        return MusicProgram.Start(
            RepositoryPaths.Root, ["up", "--port", "0", "--json"], ("MUSIC_DATA", _data.FullPath), ("AzureWebJobsStorage", ""));
    }

    /// <summary>Uploads a recording and waits until it is converted.</summary>
    private static async Task ConvertAsync(Process program, JsonElement up)
    {
        var container = new BlobContainerClient(up.GetProperty("connectionString").GetString(), "audio-uploads");
        await container.GetBlobClient("oboe.aiff").UploadAsync(RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff"));
        Assert.Contains("oboe.aiff is converted", await MusicProgram.LineAsync(program, "oboe.aiff is"), StringComparison.Ordinal);
    }

    /// <summary>Sends a signal, where there are any, after which neither the program nor its Azurite is there.</summary>
    private async Task LeavesNoProcessBehindAsync(Process program, string signal, int exitCode)
    {
        using var azurite = Process.GetProcessById(Endpoints().Pid);
        if (OperatingSystem.IsWindows()) program.Kill();
        else using (var kill = Process.Start("kill", [$"-{signal}", program.Id.ToString()])) await kill.WaitForExitAsync();

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await program.WaitForExitAsync(patience.Token);
        if (!OperatingSystem.IsWindows()) Assert.Equal(exitCode, program.ExitCode);
        await azurite.WaitForExitAsync(patience.Token);
        Assert.False(File.Exists(_data.File("host.json")));
    }
}
