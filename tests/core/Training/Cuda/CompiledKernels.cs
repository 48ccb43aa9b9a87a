using System.Reflection;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using MusicPipeline.Training.Cuda;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Tests.Training.Cuda;

/// <summary>The kernels as a driver gets them, compiled without a GPU.</summary>
internal static class CompiledKernels
{
    public static readonly Type[] All =
    [
        typeof(GatherKernel), typeof(ForwardKernel), typeof(OutputKernel), typeof(BackwardKernel), typeof(ScoreKernel),
        typeof(DenseForwardKernel), typeof(DenseOutputKernel), typeof(DenseSumKernel), typeof(DenseBackwardKernel),
        typeof(DenseStepKernel),
    ];

    /// <summary>The PTX of a kernel for an architecture such as 9.0.</summary>
    public static PTXCompiledKernel Compile(Type kernel, int major, int minor)
    {
        using var context = CudaDevices.CreateContext(builder => builder.CPU(CPUDevice.Default));
        using var backend = new PTXBackend(
            context, new CudaArchitecture(major, minor), CudaInstructionSet.ISA_80, null!);
        var method = kernel.GetMethod("Run", BindingFlags.Static | BindingFlags.Public)!;
        return (PTXCompiledKernel)backend.Compile(
            EntryPointDescription.FromExplicitlyGroupedKernel(method), default(KernelSpecialization));
    }
}
