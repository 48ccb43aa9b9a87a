using System.Diagnostics;
using MusicPipeline.Local.Tests;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

/// <summary>
/// When <c>./run</c> and <c>./test</c> build: in a small clone, with a <c>dotnet</c> that does nothing but say how it was called.
/// </summary>
public sealed class RunScriptTests : IDisposable
{
    private const string Tests = "tests/core/bin/Release/net10.0/MusicPipeline.Core.Tests.dll";

    private readonly TemporaryFolder _clone = new();

    public void Dispose() => _clone.Dispose();

    [Fact]
    public async Task Builds_When_A_File_Changes_Comes_Or_Goes_And_Only_Then()
    {
        await CloneAsync("run");

        Assert.True(await BuildsAsync("run"));
        Assert.False(await BuildsAsync("run"));
        File.SetLastWriteTimeUtc(_clone.File("core/Data/A.cs"), DateTime.UtcNow.AddMinutes(1));
        Assert.True(await BuildsAsync("run"));
        File.SetLastWriteTimeUtc(_clone.File("core/Data/A.cs"), DateTime.UtcNow.AddMinutes(-1));
        Assert.False(await BuildsAsync("run"));
        await File.WriteAllTextAsync(_clone.File("core/Data/B.cs"), "");
        File.SetLastWriteTimeUtc(_clone.File("core/Data/B.cs"), DateTime.UtcNow.AddDays(-1));
        Assert.True(await BuildsAsync("run"));
        File.Delete(_clone.File("core/Data/B.cs"));
        Assert.True(await BuildsAsync("run"));
        Assert.False(await BuildsAsync("run"));
    }

    [Fact]
    public async Task Tests_The_Last_Build_While_Neither_Its_Sources_Nor_What_It_Made_Has_Changed()
    {
        await CloneAsync("test");
        Assert.True(await BuildsAsync("test"));
        Assert.False(await BuildsAsync("test"));

        // A source; then by hand what was built, with who knows what properties, or a package away.
        File.SetLastWriteTimeUtc(_clone.File("core/Data/A.cs"), DateTime.UtcNow.AddMinutes(1));
        Assert.True(await BuildsAsync("test"));
        File.SetLastWriteTimeUtc(_clone.File("core/Data/A.cs"), DateTime.UtcNow.AddMinutes(-1));
        File.SetLastWriteTimeUtc(_clone.File(Tests), DateTime.UtcNow.AddMinutes(1));
        Assert.True(await BuildsAsync("test"));
        Directory.Delete(_clone.File("packages/a"));
        Assert.True(await BuildsAsync("test"));

        await File.WriteAllTextAsync(_clone.File("local/Broken.cs"), "");
        Assert.EndsWith("0 passed, 1 failed\n", (await RunAsync("test", exitCode: 1)).Output, StringComparison.Ordinal);
        // Nothing has changed since, and there is nothing to test.
        Assert.EndsWith("0 passed, 1 failed\n", (await RunAsync("test", exitCode: 1)).Output, StringComparison.Ordinal);
    }

    private async Task CloneAsync(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no bash here.");
        foreach (var folder in (string[])["tools", "core/Data", "local", "tests/core", "packages/a"])
            Directory.CreateDirectory(_clone.File(folder));
        File.Copy(Path.Combine(RepositoryPaths.Root, script), _clone.File(script));
        string[] files =
            ["core/Data/A.cs", "local/Program.cs", "Directory.Build.props", "global.json", "tests/core/MusicPipeline.Core.Tests.csproj"];
        foreach (var file in files) await File.WriteAllTextAsync(_clone.File(file), "");
        const string Dotnet = $"""
            #!/usr/bin/env bash
            case $1 in
              --list-sdks) echo "10.0.100 [/sdk]" ;;
              --version) echo "10.0.100" ;;
              build-server) ;;
              msbuild)
                [ ! -f local/Broken.cs ] || exit 1
                mkdir -p local/bin/Release/net10.0 core/obj "$(dirname {Tests})"
                touch local/bin/Release/net10.0/music.dll core/obj/made {Tests}
                echo built >&2 ;;
              *) echo "  succeeded: 1" ;;
            esac
            """;
        foreach (var (tool, text) in ((string, string)[])[("dotnet", Dotnet), ("node", ""), ("npm", "")])
        {
            await File.WriteAllTextAsync(_clone.File("tools/" + tool), text);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(_clone.File("tools/" + tool), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private async Task<bool> BuildsAsync(string script) =>
        (await RunAsync(script, exitCode: 0)).Error.Contains("built", StringComparison.Ordinal);

    private async Task<ProgramResult> RunAsync(string script, int exitCode)
    {
        var start = new ProcessStartInfo("bash", [_clone.File(script)])
        {
            WorkingDirectory = _clone.FullPath, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["PATH"] = $"{_clone.File("tools")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["NUGET_PACKAGES"] = _clone.File("packages");
        using var run = Process.Start(start)!;
        var error = run.StandardError.ReadToEndAsync();
        var output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.True(run.ExitCode == exitCode, output + await error);
        if (exitCode == 0) Assert.Contains("succeeded: 1", output, StringComparison.Ordinal);
        return new ProgramResult(run.ExitCode, output, await error);
    }
}
