using System.Diagnostics;
using Xunit;

namespace MusicPipeline.Architecture.Tests;

/// <summary>A test program that has used up its time.</summary>
public sealed class RunningTestsTests
{
    private const string OneSecond = "1";

    [Fact]
    public async Task A_Program_Whose_Time_Is_Up_Names_What_Runs()
    {
        // In the program that this test starts, this test is the one that does not end.
        if (Environment.GetEnvironmentVariable("MUSIC_TEST_SECONDS") == OneSecond)
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        var name = $"{typeof(RunningTestsTests).FullName}.{nameof(A_Program_Whose_Time_Is_Up_Names_What_Runs)}";
        var start = new ProcessStartInfo("dotnet", [typeof(RunningTestsTests).Assembly.Location, "--filter-method", name])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MUSIC_TEST_SECONDS"] = OneSecond;
        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains($"These ran then:\n  {name}\n", error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(3, program.ExitCode);
    }
}
