using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using MusicPipeline.Training;
using MusicPipeline.Training.Cuda;

namespace MusicPipeline.GpuCheck;

/// <summary>Opens the device to check, as often as a check wants.</summary>
internal sealed class Gpu(Options options)
{
    /// <summary>The device as the pipeline opens it, with the sentence that comes with it.</summary>
    public (CudaTrainingDevice? Device, string Reason) Open()
    {
        if (options.Simulated) return (OpenLimited(long.MaxValue), "ILGPU's CPU accelerator");
        return CudaDevices.TryOpen(out var device, out var reason) ? ((CudaTrainingDevice)device, reason) : (null, reason);
    }

    /// <summary>The device with less memory than it says it has.</summary>
    public CudaTrainingDevice OpenLimited(long memoryLimit)
    {
        var (context, accelerator) = CreateAccelerator();
        return new CudaTrainingDevice(
            context, accelerator, KernelSet.Compile(accelerator), "check", new DeviceCapacity("cuda", 64, 1L << 40))
        {
            MemoryLimit = memoryLimit,
        };
    }

    /// <summary>The bare accelerator.</summary>
    public (Context Context, Accelerator Accelerator) CreateAccelerator()
    {
        CudaDriver.RedirectIlgpu();
        var context = CudaDevices.CreateContext(builder =>
        {
            if (options.Simulated) builder.CPU(new CPUDevice(32, 4, 1));
            else builder.Cuda();
        });
        return (context, options.Simulated ? context.CreateCPUAccelerator(0) : context.CreateCudaAccelerator(0));
    }
}
