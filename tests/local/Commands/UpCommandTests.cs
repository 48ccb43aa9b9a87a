using System.Diagnostics;
using System.Text.Json;
using MusicPipeline.Local.Tests;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

public sealed class UpCommandTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("KILL", 137)]
    public async Task Leaves_No_Process_Behind(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals here.");
        await AzuriteFolder.InstalledAsync();
        using var program = MusicProgram.Start(RepositoryPaths.Root, ["up", "--port", "0"], ("MUSIC_DATA", _data.FullPath));
        while (await program.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ctrl-C", StringComparison.Ordinal))
        {
        }

        var host = JsonDocument.Parse(await File.ReadAllBytesAsync(_data.File("host.json"))).RootElement;
        using var azurite = Process.GetProcessById(host.GetProperty("pid").GetInt32());
        using (var kill = Process.Start("kill", [$"-{signal}", program.Id.ToString()])) await kill.WaitForExitAsync();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await program.WaitForExitAsync(patience.Token);
        Assert.Equal(exitCode, program.ExitCode);
        await azurite.WaitForExitAsync(patience.Token);
        Assert.False(File.Exists(_data.File("host.json")));
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
}
