using System.Diagnostics;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Training.Cuda;

/// <summary>The check that is copied to a machine with a GPU, run here without one.</summary>
public sealed class GpuCheckTests
{
    private static readonly string Folder = AppContext.BaseDirectory.Replace(
        Path.Combine("tests", "core", "bin"), Path.Combine("tests", "gpu", "bin"), StringComparison.Ordinal);

    [Fact]
    public async Task Passes_On_The_Simulated_Device()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("check.json");

        var (code, output) = await RunAsync("--accelerator", "cpu", "--no-benchmark", "--json", file);

        Assert.EndsWith("5 passed, 0 failed", output, StringComparison.Ordinal);
        Assert.Equal(0, code);
        Assert.Contains(
            "\"benchmark\":[]", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_What_It_Takes()
    {
        var (code, output) = await RunAsync("--acelerator", "cpu");

        Assert.Equal((2, true), (code, output.StartsWith("gpu-check [--accelerator", StringComparison.Ordinal)));
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Folder, "gpu-check.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        // With a device it takes seconds; without one it may have ended by now.
        if (OperatingSystem.IsLinux() && arguments.Contains("cpu")) process.ProcessorAffinity = SimulatedGpu.OneCore(process);
        var token = TestContext.Current.CancellationToken;
        var errors = process.StandardError.ReadToEndAsync(token);
        var output = await process.StandardOutput.ReadToEndAsync(token) + await errors;
        await process.WaitForExitAsync(token);
        return (process.ExitCode, output.Trim());
    }
}
