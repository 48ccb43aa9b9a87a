using ILGPU;
using ILGPU.Runtime;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>The launchers of the kernels: the fused ones for one hidden layer, and the dense ones for any depth and every option.</summary>
internal sealed record KernelSet(
    Action<KernelConfig, GatherTask> Gather,
    Action<KernelConfig, ForwardTask> Forward,
    Action<KernelConfig, OutputTask> Output,
    Action<KernelConfig, BackwardTask> Backward,
    Action<KernelConfig, ScoreTask> Score,
    Action<KernelConfig, DenseTask> DenseForward,
    Action<KernelConfig, DenseTask> DenseOutput,
    Action<KernelConfig, DenseTask> DenseSum,
    Action<KernelConfig, DenseTask> DenseBackward,
    Action<KernelConfig, DenseTask> DenseStep)
{
    /// <summary>Compiles the kernels for a device.</summary>
    public static KernelSet Compile(Accelerator accelerator) => new(
        accelerator.LoadStreamKernel<GatherTask>(GatherKernel.Run),
        accelerator.LoadStreamKernel<ForwardTask>(ForwardKernel.Run),
        accelerator.LoadStreamKernel<OutputTask>(OutputKernel.Run),
        accelerator.LoadStreamKernel<BackwardTask>(BackwardKernel.Run),
        accelerator.LoadStreamKernel<ScoreTask>(ScoreKernel.Run),
        accelerator.LoadStreamKernel<DenseTask>(DenseForwardKernel.Run),
        accelerator.LoadStreamKernel<DenseTask>(DenseOutputKernel.Run),
        accelerator.LoadStreamKernel<DenseTask>(DenseSumKernel.Run),
        accelerator.LoadStreamKernel<DenseTask>(DenseBackwardKernel.Run),
        accelerator.LoadStreamKernel<DenseTask>(DenseStepKernel.Run));
}
