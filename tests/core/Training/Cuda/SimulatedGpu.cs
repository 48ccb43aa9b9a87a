using ILGPU.Runtime.CPU;
using MusicPipeline.Training.Cuda;
using MusicPipeline.Training.Packs;

namespace MusicPipeline.Tests.Training.Cuda;

/// <summary>The CUDA device on ILGPU's CPU accelerator, which runs every thread of a group as one of the processor.</summary>
internal static class SimulatedGpu
{
    /// <summary>A device with one multiprocessor of 128 threads.</summary>
    /// <param name="maxTrials">Most trials of a pack.</param>
    /// <param name="memoryBytes">Memory for a data set and a pack.</param>
    public static CudaTrainingDevice Open(int maxTrials = 16, long memoryBytes = 1L << 32)
    {
        var context = CudaDevices.CreateContext(builder => builder.CPU(new CPUDevice(32, 4, 1)));
        return new CudaTrainingDevice(
            context, context.CreateCPUAccelerator(0), "cpu", new DeviceCapacity("cuda", maxTrials, memoryBytes));
    }
}
