using System.Diagnostics;
using MusicPipeline.Training.Cuda;

namespace MusicPipeline.GpuCheck;

/// <summary>Asks for a GPU in a process of its own, from which the GPU is hidden.</summary>
internal static class DeviceChoice
{
    /// <summary>The argument of that process.</summary>
    public const string Argument = "--probe";

    /// <summary>Prints what the factory says; 0 where it opened a device.</summary>
    public static int Probe()
    {
        var opened = CudaDevices.TryOpen(out var device, out var reason);
        using var owned = device as IDisposable;
        Console.WriteLine(reason);
        return opened ? 0 : 1;
    }

    /// <summary>A process that sees no GPU must get a reason and no exception.</summary>
    public static (bool Passed, string Detail) Check()
    {
        // Started by the dotnet command that is the program, and this one its first argument.
        var isHosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        var start = new ProcessStartInfo(Environment.ProcessPath!, isHosted ? [Environment.GetCommandLineArgs()[0], Argument] : [Argument])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CUDA_VISIBLE_DEVICES"] = "-1";
        using var process = Process.Start(start)!;
        var reason = process.StandardOutput.ReadToEnd().Trim();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode == 1 && reason.EndsWith('.') && errors.Length == 0, $"with the GPU hidden: {reason}");
    }
}
