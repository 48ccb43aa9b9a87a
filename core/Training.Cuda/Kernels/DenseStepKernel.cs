using System.Runtime.CompilerServices;
using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>
/// The gradients of a layer's weights and biases, and their step. The grid is over fours of inputs, units and layers; a thread
/// has one unit and four inputs, of which the one after the last is 1 and stands for the biases.
/// </summary>
internal static class DenseStepKernel
{
    public const int InputsOfThread = 4;

    public static void Run(DenseTask task)
    {
        var layer = task.Layers[task.Active[Grid.IdxZ]];
        var unit = (Grid.IdxY * Tiling.Threads) + Group.IdxX;
        var first = Grid.IdxX * InputsOfThread;
        if (unit >= layer.Units || first > layer.Inputs || task.Sums[layer.Trial].Diverged != 0) return;
        var trial = task.Trials[layer.Trial];
        float g0 = 0, g1 = 0, g2 = 0, g3 = 0;
        for (var row = 0; row < task.Rows.Count; row++)
        {
            var gradient = task.Gradients[layer.Values + (row * layer.Units) + unit];
            var place = task.IsFirst != 0 ? task.Rows.Place(trial.Order, row) : layer.Below + (row * layer.Inputs);
            g0 = KernelMath.MultiplyAdd(Input(task, layer, place, first), gradient, g0);
            g1 = KernelMath.MultiplyAdd(Input(task, layer, place, first + 1), gradient, g1);
            g2 = KernelMath.MultiplyAdd(Input(task, layer, place, first + 2), gradient, g2);
            g3 = KernelMath.MultiplyAdd(Input(task, layer, place, first + 3), gradient, g3);
        }

        Step(task, layer, trial, unit, first, g0);
        Step(task, layer, trial, unit, first + 1, g1);
        Step(task, layer, trial, unit, first + 2, g2);
        Step(task, layer, trial, unit, first + 3, g3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Input(DenseTask task, DenseInfo layer, long row, int input)
    {
        float value = 1;
        if (input < layer.Inputs)
        {
            if (task.IsFirst != 0) value = task.Features[row + input];
            else value = task.Values[row + input];
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(DenseTask task, DenseInfo layer, DenseTrial trial, int unit, int input, float gradient)
    {
        if (input > layer.Inputs) return;
        var at = layer.Weights + (input * layer.Units) + unit;
        var size = task.Steps[(layer.Trial * task.Batches) + task.Batch];
        var decay = task.Decay[layer.Trial];

        // The biases do not decay.
        if (input == layer.Inputs) decay = 0;
        var weight = task.Weights[at];
        if (trial.Optimizer == (int)Optimizer.Sgd)
        {
            var velocity = KernelMath.MultiplyAdd(-size, gradient, StepRules.Momentum * task.Mean[at]);
            task.Mean[at] = velocity;
            task.Weights[at] = KernelMath.MultiplyAdd(-decay, weight, weight) + velocity;
            return;
        }

        var mean = Parameters.Move(gradient, task.Mean[at]);
        var variance = Parameters.Spread(gradient, task.Variance[at]);
        task.Mean[at] = mean;
        task.Variance[at] = variance;
        task.Weights[at] = Parameters.Weight(weight, mean, variance, size, decay);
    }
}
