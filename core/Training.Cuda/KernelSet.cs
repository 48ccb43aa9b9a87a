using ILGPU;
using ILGPU.Runtime;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>The launchers of the kernels.</summary>
internal sealed record KernelSet(
    Action<KernelConfig, GatherTask> Gather,
    Action<KernelConfig, ForwardTask> Forward,
    Action<KernelConfig, OutputTask> Output,
    Action<KernelConfig, BackwardTask> Backward,
    Action<KernelConfig, ScoreTask> Score)
{
    /// <summary>Compiles the kernels for a device.</summary>
    public static KernelSet Compile(Accelerator accelerator) => new(
        accelerator.LoadStreamKernel<GatherTask>(GatherKernel.Run),
        accelerator.LoadStreamKernel<ForwardTask>(ForwardKernel.Run),
        accelerator.LoadStreamKernel<OutputTask>(OutputKernel.Run),
        accelerator.LoadStreamKernel<BackwardTask>(BackwardKernel.Run),
        accelerator.LoadStreamKernel<ScoreTask>(ScoreKernel.Run));
}
