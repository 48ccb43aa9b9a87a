using ILGPU;
using ILGPU.Runtime;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>The kernels, compiled for a device.</summary>
internal sealed class KernelSet(Accelerator accelerator)
{
    public Action<KernelConfig, GatherTask> Gather { get; } = accelerator.LoadStreamKernel<GatherTask>(GatherKernel.Run);

    public Action<KernelConfig, ForwardTask> Forward { get; } = accelerator.LoadStreamKernel<ForwardTask>(ForwardKernel.Run);

    public Action<KernelConfig, OutputTask> Output { get; } = accelerator.LoadStreamKernel<OutputTask>(OutputKernel.Run);

    public Action<KernelConfig, BackwardTask> Backward { get; } = accelerator.LoadStreamKernel<BackwardTask>(BackwardKernel.Run);

    public Action<KernelConfig, ScoreTask> Score { get; } = accelerator.LoadStreamKernel<ScoreTask>(ScoreKernel.Run);
}
