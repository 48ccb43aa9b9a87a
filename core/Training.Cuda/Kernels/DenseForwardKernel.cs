using System.Runtime.CompilerServices;
using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>
/// The values of a layer, <c>activation(x W + b)</c> after dropout, or the sums of the output layer. The grid is over fours
/// of rows, units and layers; a thread has one unit and four rows.
/// </summary>
internal static class DenseForwardKernel
{
    public const int RowsOfThread = 4;

    public static void Run(DenseTask task)
    {
        var layer = task.Layers[task.Active[Grid.IdxZ]];
        var unit = (Grid.IdxY * Tiling.Threads) + Group.IdxX;
        if (unit >= layer.Units) return;
        var trial = task.Trials[layer.Trial];
        var first = Grid.IdxX * RowsOfThread;
        var last = task.Rows.Count - 1;
        var weight = layer.Weights + unit;
        var bias = task.Weights[weight + (layer.Inputs * layer.Units)];
        float s0 = bias, s1 = bias, s2 = bias, s3 = bias;
        if (task.IsFirst != 0)
        {
            var p0 = task.Rows.Place(trial.Order, first);
            var p1 = task.Rows.Place(trial.Order, KernelMath.Smaller(first + 1, last));
            var p2 = task.Rows.Place(trial.Order, KernelMath.Smaller(first + 2, last));
            var p3 = task.Rows.Place(trial.Order, KernelMath.Smaller(first + 3, last));
            var stride = task.Rows.Stride;
            for (var k = 0; k < layer.Inputs; k++)
            {
                var w = task.Weights[weight];
                s0 = KernelMath.MultiplyAdd(task.Features[p0], w, s0);
                s1 = KernelMath.MultiplyAdd(task.Features[p1], w, s1);
                s2 = KernelMath.MultiplyAdd(task.Features[p2], w, s2);
                s3 = KernelMath.MultiplyAdd(task.Features[p3], w, s3);
                weight += layer.Units;
                p0 += stride;
                p1 += stride;
                p2 += stride;
                p3 += stride;
            }
        }
        else
        {
            var p0 = layer.Below + (first * layer.Inputs);
            var p1 = layer.Below + (KernelMath.Smaller(first + 1, last) * layer.Inputs);
            var p2 = layer.Below + (KernelMath.Smaller(first + 2, last) * layer.Inputs);
            var p3 = layer.Below + (KernelMath.Smaller(first + 3, last) * layer.Inputs);
            for (var k = 0; k < layer.Inputs; k++)
            {
                var w = task.Weights[weight];
                s0 = KernelMath.MultiplyAdd(task.Values[p0 + k], w, s0);
                s1 = KernelMath.MultiplyAdd(task.Values[p1 + k], w, s1);
                s2 = KernelMath.MultiplyAdd(task.Values[p2 + k], w, s2);
                s3 = KernelMath.MultiplyAdd(task.Values[p3 + k], w, s3);
                weight += layer.Units;
            }
        }

        Write(task, layer, trial, unit, first, s0);
        Write(task, layer, trial, unit, first + 1, s1);
        Write(task, layer, trial, unit, first + 2, s2);
        Write(task, layer, trial, unit, first + 3, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(DenseTask task, DenseInfo layer, DenseTrial trial, int unit, int row, float sum)
    {
        if (row >= task.Rows.Count) return;
        var value = sum;
        if (layer.IsOutput == 0)
        {
            value = KernelMath.Activate(sum, trial.Activation);
            if (trial.Dropped > 0 && task.Rows.IsTraining != 0)
            {
                var draw = DropoutKeys.Draw(task.Keys[layer.Keys + task.Rows.First + row], unit);
                value = draw < trial.Dropped ? 0 : value * trial.Scale;
            }
        }

        task.Values[layer.Values + (row * layer.Units) + unit] = value;
    }
}
