using ILGPU.Runtime.CPU;
using MusicPipeline.Training;
using MusicPipeline.Training.Cuda;

namespace MusicPipeline.Tests.Training.Cuda;

/// <summary>The CUDA device on ILGPU's CPU accelerator, which runs every thread of a group as one of the processor.</summary>
internal static class SimulatedGpu
{
    /// <summary>A device with one multiprocessor of 128 threads.</summary>
    /// <param name="maxTrials">Most trials of a pack.</param>
    /// <param name="memoryLimit">Memory that there is; the device says that it has plenty.</param>
    /// <param name="kernels">Other kernels than the accelerator's.</param>
    public static CudaTrainingDevice Open(int maxTrials = 16, long memoryLimit = long.MaxValue, KernelSet? kernels = null)
    {
        var context = CudaDevices.CreateContext(builder => builder.CPU(new CPUDevice(32, 4, 1)));
        var accelerator = context.CreateCPUAccelerator(0);
        return new CudaTrainingDevice(
            context, accelerator, kernels ?? KernelSet.Compile(accelerator), "cpu", new DeviceCapacity("cuda", maxTrials, 1L << 32))
        {
            MemoryLimit = memoryLimit,
        };
    }
}
