using ILGPU;
using MusicPipeline.Training.Cuda;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Tests.Training.Cuda.Ptx;

/// <summary>The kernels as compiled for a GPU, run by a <see cref="PtxMachine"/>.</summary>
internal static class PtxKernels
{
    private static readonly Lazy<KernelSet> Newest = new(() => Compile(9, 0));

    /// <summary>The kernels for sm_90, compiled once.</summary>
    public static KernelSet Sm90 => Newest.Value;

    public static KernelSet Compile(int major, int minor) => new(
        Machine<GatherTask>(typeof(GatherKernel), major, minor),
        Machine<ForwardTask>(typeof(ForwardKernel), major, minor),
        Machine<OutputTask>(typeof(OutputKernel), major, minor),
        Machine<BackwardTask>(typeof(BackwardKernel), major, minor),
        Machine<ScoreTask>(typeof(ScoreKernel), major, minor),
        Machine<DenseTask>(typeof(DenseForwardKernel), major, minor),
        Machine<DenseTask>(typeof(DenseOutputKernel), major, minor),
        Machine<DenseTask>(typeof(DenseSumKernel), major, minor),
        Machine<DenseTask>(typeof(DenseBackwardKernel), major, minor),
        Machine<DenseTask>(typeof(DenseStepKernel), major, minor));

    private static Action<KernelConfig, T> Machine<T>(Type kernel, int major, int minor)
        where T : struct =>
        new PtxMachine(new PtxProgram(CompiledKernels.Compile(kernel, major, minor).PTXAssembly)).Launch;
}
