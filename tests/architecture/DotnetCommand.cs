using System.Diagnostics;
using Xunit;

namespace MusicPipeline.Architecture.Tests;

/// <summary>The SDK's command, as a process that leaves no server behind.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs it to its end and returns what it printed; an exit code other than 0 fails the test with that text.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
