using System.Text.Json;
using Azure.Storage.Blobs;
using MusicPipeline.Local.Storage;
using MusicPipeline.Local.Tests;
using MusicPipeline.Storage;
using MusicPipeline.Tests.Local.EndToEnd;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

public sealed class UploadCommandTests : IAsyncLifetime
{
    private Workspace _workspace = null!;
    private IArtifactStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _workspace = await Workspace.OpenAsync();
        _store = new BlobArtifactStore(_workspace.Blobs);
    }

    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Copies_Files_Into_The_Running_Azurite()
    {
        var data = _workspace.File("data");
        await using var azurite = await new Azurite(await AzuriteFolder.InstalledAsync(), data).OpenAsync(CancellationToken.None);
        var store = new BlobArtifactStore(new BlobServiceClient(azurite.Endpoints.ConnectionString));
        var recording = _workspace.File("Cello ♪ 50%..aiff");
        File.Copy(RepositoryPaths.Sample("Cello.mf.Ab3Bb3.aiff"), recording);

        string[] upload = ["upload", recording, RepositoryPaths.Sample("notes_test_labels.npy")];
        var result = await MusicProgram.RunInAsync(RepositoryPaths.Root, upload, ("MUSIC_DATA", data), ("AzureWebJobsStorage", ""));

        Assert.Equal(0, result.ExitCode);
        var cello = await store.TryReadAsync(BlobPaths.AudioUpload("Cello ♪ 50%..aiff"));
        Assert.Equal(await File.ReadAllBytesAsync(recording), cello!.Bytes.ToArray());
        Assert.Equal(12_128, (await store.FindAsync(BlobPaths.DatasetUpload("notes_test_labels.npy")))!.Length);
    }

    [Fact]
    public async Task Downloads_From_The_Web()
    {
        var content = await File.ReadAllBytesAsync(RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff"));
        using var web = new WebServer(response =>
        {
            response.ContentLength64 = content.Length;
            response.OutputStream.Write(content);
        });

        var result = await UploadAsync(web.Address + "recordings/My%20Oboe.aiff?version=2");

        Assert.Equal(0, result.ExitCode);
        var stored = await _store.TryReadAsync(BlobPaths.AudioUpload("My Oboe.aiff"));
        Assert.Equal(content, stored!.Bytes.ToArray());
    }

    [Fact]
    public async Task Keeps_Nothing_Of_A_Download_That_Breaks_Off()
    {
        using var web = new WebServer(response =>
        {
            response.ContentLength64 = 1000;
            response.OutputStream.Write(new byte[500]);
            response.OutputStream.Flush();
            response.Abort();
        });

        var result = await UploadAsync(web.Address + "oboe.aiff");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("broke off", result.Error, StringComparison.Ordinal);
        Assert.Null(await _store.FindAsync(BlobPaths.AudioUpload("oboe.aiff")));
    }

    [Fact]
    public async Task Says_What_The_Web_Server_Answers()
    {
        using var web = new WebServer(response => response.StatusCode = 404);
        var result = await UploadAsync(web.Address + "oboe.aiff");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{web.Address}oboe.aiff: the server answers 404", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_File_Has_Its_Own_Outcome()
    {
        using var web = new WebServer(response => response.StatusCode = 404);
        var (first, last) = (_workspace.File("first.aiff"), _workspace.File("last.aiff"));
        foreach (var copy in (string[])[first, last]) File.Copy(RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff"), copy);
        var empty = _workspace.File("empty.aiff");
        await File.WriteAllBytesAsync(empty, []);
        var noise = _workspace.File("noise.aiff");
        await File.WriteAllTextAsync(noise, "no recording");
        var elsewhere = Directory.CreateDirectory(_workspace.File("elsewhere")).FullName;
        var (one, other) = (_workspace.File("twice.aiff"), Path.Combine(elsewhere, "twice.aiff"));
        foreach (var copy in (string[])[one, other]) File.Copy(first, copy);
        string[] wrong =
        [
            empty, _workspace.File("missing.aiff"), _workspace.Folder, RepositoryPaths.Sample("ATTRIBUTION.md"), noise, one, other,
            web.Address + "oboe.aiff", "http://127.0.0.1:1/flute.aiff",
        ];

        var result = await UploadAsync(["--json", first, .. wrong, last]);

        Assert.Equal(2, result.ExitCode);
        var outcomes = JsonDocument.Parse(result.Output).RootElement.EnumerateArray()
            .ToDictionary(upload => upload.GetProperty("source").GetString()!, upload => upload.GetProperty("outcome").GetString());
        Assert.Equal([first, .. wrong, last], outcomes.Keys);
        Assert.Equal(
            ["processed", .. wrong.Select(source => source == noise ? "rejected" : "failed"), "processed"],
            outcomes.Values);
        var lines = result.Error.Split('\n')[..^1];
        Assert.All(lines, line => Assert.Matches(@"^music: [^;]+; .+\.$", line));
        // The two that would become one upload are told in one line.
        Assert.Equal(wrong.Length - 1, lines.Length);
        Assert.Contains($"music: {empty}: it is empty; check the file.", lines);
        Assert.Contains(
            $"music: {_workspace.Folder}: this is a folder; name its files, such as {Path.Combine(_workspace.Folder, "*.aiff")}.",
            lines);
        Assert.Equal(
            ["first.aiff", "last.aiff", "noise.aiff"],
            await _store.ListAsync(Containers.AudioUploads).Select(entry => entry.Path.Name).ToListAsync());
    }

    [Fact]
    public async Task Tells_Of_The_Version_Once_And_Of_No_Earlier_One()
    {
        string[] files = [.. Directory.GetFiles(RepositoryPaths.Sample(""), "notes_*.npy"), RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff")];
        var result = await UploadAsync(files);

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(
            @"^notes is at version \w+: 6000 training and 1500 test rows of 120 features, 10 classes[^\n]*\.\n"
            + @"Oboe\.mf\.Eb5F5\.aiff is converted: audio/Oboe\.mf\.Eb5F5\.aiff/\n$",
            result.Output);
    }

    private Task<ProgramResult> UploadAsync(params string[] sources) => _workspace.RunAsync(["upload", .. sources]);
}
