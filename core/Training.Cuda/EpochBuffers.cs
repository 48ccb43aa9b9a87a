using ILGPU;
using ILGPU.Runtime;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>What an epoch of a pack takes on the device, and what it leaves there, whatever the kernels are.</summary>
/// <param name="buffers">Where it is allocated.</param>
/// <param name="trials">Trials of the pack.</param>
/// <param name="positions">Rows of all orders.</param>
/// <param name="batches">Batches of an epoch.</param>
internal sealed class EpochBuffers(DeviceBuffers buffers, long trials, long positions, long batches)
{
    /// <summary>The rows, [order, position].</summary>
    public ArrayView<int> Rows { get; } = buffers.Allocate<int>(positions);

    /// <summary>Sizes of steps, [trial, batch].</summary>
    public ArrayView<float> Steps { get; } = buffers.Allocate<float>(trials * batches);

    /// <summary>What weight decay takes off with each step, [trial].</summary>
    public ArrayView<float> Decay { get; } = buffers.Allocate<float>(trials);

    /// <summary>Sums over the epoch's batches so far, [trial].</summary>
    public ArrayView<TrialSums> Sums { get; } = buffers.Allocate<TrialSums>(trials);

    /// <summary>Hands over what an epoch needs and sets its sums to 0.</summary>
    public void Begin(int[] rows, float[] steps, float[] decay)
    {
        Rows.CopyFromCPU(rows);
        Steps.CopyFromCPU(steps);
        Decay.CopyFromCPU(decay);
        Sums.MemSetToZero();
    }
}
