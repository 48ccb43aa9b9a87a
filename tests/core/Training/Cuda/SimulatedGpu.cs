using System.Diagnostics;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime.CPU;
using MusicPipeline.Training;
using MusicPipeline.Training.Cuda;

namespace MusicPipeline.Tests.Training.Cuda;

/// <summary>The CUDA device on ILGPU's CPU accelerator, which runs every thread of a group as one of the processor.</summary>
internal static partial class SimulatedGpu
{
    /// <summary>A device on it.</summary>
    /// <param name="maxTrials">Most trials of a pack.</param>
    /// <param name="memoryLimit">Memory that there is; the device says that it has plenty.</param>
    /// <param name="kernels">Other kernels than the accelerator's.</param>
    public static CudaTrainingDevice Open(int maxTrials = 16, long memoryLimit = long.MaxValue, KernelSet? kernels = null)
    {
        var (context, accelerator) = CreateAccelerator();
        return new CudaTrainingDevice(
            context, accelerator, kernels ?? KernelSet.Compile(accelerator), "cpu", new DeviceCapacity("cuda", maxTrials, 1L << 32))
        {
            MemoryLimit = memoryLimit,
        };
    }

    /// <summary>The bare accelerator: one multiprocessor of 128 threads.</summary>
    public static (Context Context, CPUAccelerator Accelerator) CreateAccelerator()
    {
        var context = CudaDevices.CreateContext(builder => builder.CPU(new CPUDevice(32, 4, 1)));
        var accelerator = context.CreateCPUAccelerator(0);
        if (OperatingSystem.IsLinux()) HoldOnOneCore();
        return (context, accelerator);
    }

    /// <summary>The lowest of the cores that a process may run on.</summary>
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public static nint OneCore(Process process) => process.ProcessorAffinity & -process.ProcessorAffinity;

    // At each barrier the threads of a group wait for each other, which takes half as long again where they are on several cores.
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private static void HoldOnOneCore()
    {
        using var process = Process.GetCurrentProcess();
        var core = OneCore(process);
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (IsOfAccelerator(thread)) _ = SetAffinity(int.Parse(Path.GetFileName(thread)), Marshal.SizeOf(core), in core);
        }
    }

    private static bool IsOfAccelerator(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).StartsWith("ILGPU", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint size, in nint cores);
}
