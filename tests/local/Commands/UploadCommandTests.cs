using MusicPipeline.Local.Storage;
using MusicPipeline.Local.Tests;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

public sealed class UploadCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private AzuriteLease _azurite = null!;
    private IArtifactStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _azurite = await new Azurite(await AzuriteFolder.InstalledAsync(), _folder.File("data")).OpenAsync(CancellationToken.None);
        _store = new BlobArtifactStore(new Azure.Storage.Blobs.BlobServiceClient(_azurite.Endpoints.ConnectionString));
    }

    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Copies_Files_Into_The_Running_Azurite()
    {
        var recording = _folder.File("Cello ♪ 50%..aiff");
        File.Copy(RepositoryPaths.Sample("Cello.mf.Ab3Bb3.aiff"), recording);

        var result = await UploadAsync(recording, RepositoryPaths.Sample("notes_test_labels.npy"));

        Assert.Equal(0, result.ExitCode);
        var cello = await _store.TryReadAsync(BlobPaths.AudioUpload("Cello ♪ 50%..aiff"));
        Assert.Equal(await File.ReadAllBytesAsync(recording), cello!.Bytes.ToArray());
        Assert.Equal(12_128, (await _store.FindAsync(BlobPaths.DatasetUpload("notes_test_labels.npy")))!.Length);
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
    public async Task Uploads_Nothing_Where_One_Name_Is_Wrong()
    {
        var result = await UploadAsync(RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff"), _folder.File("missing.aiff"));
        Assert.Equal(2, result.ExitCode);
        await _store.EnsureContainersAsync();
        Assert.Null(await _store.FindAsync(BlobPaths.AudioUpload("Oboe.mf.Eb5F5.aiff")));
    }

    private async Task<ProgramResult> UploadAsync(params string[] sources)
    {
        using var program = MusicProgram.Start(
            RepositoryPaths.Root, ["upload", .. sources], ("MUSIC_DATA", _folder.File("data")), ("AzureWebJobsStorage", ""));
        var output = program.StandardOutput.ReadToEndAsync();
        var error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        return new ProgramResult(program.ExitCode, await output, error);
    }
}
