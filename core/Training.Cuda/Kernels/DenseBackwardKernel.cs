using System.Runtime.CompilerServices;
using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>
/// Carries gradients from a layer down to the sums of the layer below, before the weights between them take their step. The
/// grid is over fours of rows, inputs and layers; a thread has one input, which is a unit below, and four rows.
/// </summary>
internal static class DenseBackwardKernel
{
    public static void Run(DenseTask task)
    {
        var layer = task.Layers[task.Active[Grid.IdxZ]];
        var input = (Grid.IdxY * Tiling.Threads) + Group.IdxX;
        if (input >= layer.Inputs) return;
        var trial = task.Trials[layer.Trial];
        var first = Grid.IdxX * DenseForwardKernel.RowsOfThread;
        var last = task.Rows.Count - 1;
        var weight = layer.Weights + (input * layer.Units);
        var p0 = layer.Values + (first * layer.Units);
        var p1 = layer.Values + (KernelMath.Smaller(first + 1, last) * layer.Units);
        var p2 = layer.Values + (KernelMath.Smaller(first + 2, last) * layer.Units);
        var p3 = layer.Values + (KernelMath.Smaller(first + 3, last) * layer.Units);
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        for (var u = 0; u < layer.Units; u++)
        {
            var w = task.Weights[weight + u];
            s0 = KernelMath.MultiplyAdd(task.Gradients[p0 + u], w, s0);
            s1 = KernelMath.MultiplyAdd(task.Gradients[p1 + u], w, s1);
            s2 = KernelMath.MultiplyAdd(task.Gradients[p2 + u], w, s2);
            s3 = KernelMath.MultiplyAdd(task.Gradients[p3 + u], w, s3);
        }

        Write(task, layer, trial, input, first, s0);
        Write(task, layer, trial, input, first + 1, s1);
        Write(task, layer, trial, input, first + 2, s2);
        Write(task, layer, trial, input, first + 3, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(DenseTask task, DenseInfo layer, DenseTrial trial, int input, int row, float gradient)
    {
        if (row >= task.Rows.Count) return;
        var place = layer.Below + (row * layer.Inputs) + input;
        var result = gradient;
        var value = task.Values[place];
        if (trial.Dropped > 0)
        {
            var draw = DropoutKeys.Draw(task.Keys[layer.KeysBelow + task.Rows.First + row], input);
            result = draw < trial.Dropped ? 0 : gradient * trial.Scale;
            value *= trial.Kept;
        }

        task.Gradients[place] = KernelMath.Backpropagate(result, value, trial.Activation);
    }
}
