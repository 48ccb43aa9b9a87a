using System.Diagnostics.CodeAnalysis;
using ILGPU;
using ILGPU.Runtime.Cuda;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>Finds the GPU of this machine.</summary>
public static class CudaDevices
{
    // More trials than this fill every multiprocessor several times over, and only make the steps longer.
    private const int TrialsOfMultiprocessor = 4;

    // Since Volta the threads of a warp may wait at a barrier from different branches.
    private static readonly CudaArchitecture Oldest = new(7, 0);

    // The driver keeps something for itself, and for the kernels.
    private const double UsableMemory = 0.9;

    /// <summary>Opens the first usable NVIDIA GPU. Whoever opened it disposes it; a process needs one alone.</summary>
    /// <param name="device">The device, which is <see cref="IDisposable"/>; null where there is none.</param>
    /// <param name="reason">
    /// One sentence: what stands in the way, in the driver's words where it spoke, or, of a device, its name and its driver.
    /// </param>
    public static bool TryOpen([NotNullWhen(true)] out ITrainingDevice? device, out string reason)
    {
        device = null;
        if (!CudaDriver.HasDevice(out var complaint))
        {
            reason = complaint;
            return false;
        }

        try
        {
            CudaDriver.RedirectIlgpu();
            device = Open(out reason);
        }
        catch (Exception exception)
        {
            // Whatever it is: a machine without a usable GPU goes on without one, and the sentence says why.
            reason = $"The GPU cannot be used: {exception.Message.TrimEnd('.')}.";
        }

        return device is not null;
    }

    /// <summary>The context that kernels are compiled in.</summary>
    /// <param name="addDevices">Adds the devices.</param>
    internal static Context CreateContext(Action<Context.Builder> addDevices)
    {
        var context = Context.Create(builder =>
        {
            // At its highest level ILGPU 1.5.3 marks branches as uniform that are not (PtxTests).
            builder.Optimize(OptimizationLevel.O1);
            addDevices(builder);
        });
        PtxInstructions.Register(context);
        return context;
    }

    private static CudaTrainingDevice? Open(out string reason)
    {
        var context = CreateContext(builder => builder.Cuda());
        try
        {
            var devices = context.GetCudaDevices();
            if (devices.Count == 0)
            {
                reason = "The NVIDIA driver is too old for its GPU, or for the kernels: they need CUDA 9 or later.";
                context.Dispose();
                return null;
            }

            var architecture = devices[0].Architecture;
            if (architecture < Oldest)
            {
                reason = $"{devices[0].Name} is too old: the kernels need compute capability {Oldest.Major}.{Oldest.Minor} or later.";
                context.Dispose();
                return null;
            }

            var accelerator = context.CreateCudaAccelerator(0);
            var memory = (long)(UsableMemory * accelerator.GetFreeMemory());
            var driver = accelerator.DriverVersion;
            reason = $"{accelerator.Name}, {accelerator.Architecture}, driver for CUDA {driver.Major}.{driver.Minor}, "
                + $"{accelerator.NumMultiprocessors} multiprocessors, {memory >> 20} MB free for training";
            return new CudaTrainingDevice(
                context,
                accelerator,
                KernelSet.Compile(accelerator),
                accelerator.Architecture.ToString().ToLowerInvariant(),
                new DeviceCapacity("cuda", TrialsOfMultiprocessor * accelerator.NumMultiprocessors, memory));
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }
}
