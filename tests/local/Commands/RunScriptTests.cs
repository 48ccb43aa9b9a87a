using System.Diagnostics;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

/// <summary>When <c>./run</c> builds: in a small clone, with a <c>dotnet</c> that does nothing but say how it was called.</summary>
public sealed class RunScriptTests : IDisposable
{
    private readonly TemporaryFolder _clone = new();

    public void Dispose() => _clone.Dispose();

    [Fact]
    public async Task Builds_When_A_File_Changes_Comes_Or_Goes_And_Only_Then()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no bash here.");
        foreach (var folder in (string[])["tools", "core/Data", "local"]) Directory.CreateDirectory(_clone.File(folder));
        File.Copy(Path.Combine(RepositoryPaths.Root, "run"), _clone.File("run"));
        foreach (var file in (string[])["core/Data/A.cs", "local/Program.cs", "Directory.Build.props", "global.json"])
            await File.WriteAllTextAsync(_clone.File(file), "");
        const string Dotnet = """
            #!/usr/bin/env bash
            case $1 in
              --list-sdks) echo "10.0.100 [/sdk]" ;;
              msbuild) mkdir -p local/bin/Release/net10.0 core/obj; touch local/bin/Release/net10.0/music.dll core/obj/made; echo built ;;
              *) echo ran ;;
            esac
            """;
        await File.WriteAllTextAsync(_clone.File("tools/dotnet"), Dotnet);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_clone.File("tools/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.True(await BuildsAsync());
        Assert.False(await BuildsAsync());
        File.SetLastWriteTimeUtc(_clone.File("core/Data/A.cs"), DateTime.UtcNow.AddMinutes(1));
        Assert.True(await BuildsAsync());
        File.SetLastWriteTimeUtc(_clone.File("core/Data/A.cs"), DateTime.UtcNow.AddMinutes(-1));
        Assert.False(await BuildsAsync());
        await File.WriteAllTextAsync(_clone.File("core/Data/B.cs"), "");
        File.SetLastWriteTimeUtc(_clone.File("core/Data/B.cs"), DateTime.UtcNow.AddDays(-1));
        Assert.True(await BuildsAsync());
        File.Delete(_clone.File("core/Data/B.cs"));
        Assert.True(await BuildsAsync());
        Assert.False(await BuildsAsync());
    }

    private async Task<bool> BuildsAsync()
    {
        var start = new ProcessStartInfo("bash", [_clone.File("run")])
        {
            WorkingDirectory = _clone.FullPath, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["PATH"] = $"{_clone.File("tools")}:{Environment.GetEnvironmentVariable("PATH")}";
        using var run = Process.Start(start)!;
        var error = run.StandardError.ReadToEndAsync();
        var output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.True(run.ExitCode == 0, await error);
        Assert.EndsWith("ran\n", output, StringComparison.Ordinal);
        return (await error).Contains("built", StringComparison.Ordinal);
    }
}
