using System.Runtime.CompilerServices;
using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>
/// The gradient of a tile of weights, which goes from the registers straight into its step of Adam. The grid is over the
/// tiles of units of all trials; its second dimension counts the tiles of features, for W1 and b1, and then those of
/// classes, for W2 and b2. Where the batch's loss is NaN or infinite, no step is taken.
/// </summary>
internal static class BackwardKernel
{
    private const int FeatureVectors = Tiling.Features / 4;
    private const int ClassVectors = Tiling.Classes / 4;

    public static void Run(BackwardTask task)
    {
        var left = SharedMemory.Allocate<Float4>(Tiling.Rows * FeatureVectors);
        var right = SharedMemory.Allocate<Float4>(Tiling.Rows * Tiling.UnitVectors);
        var tile = task.ActiveTiles[Grid.IdxX];
        var trialNumber = task.Tiles[tile].Trial;
        var trial = task.Trials[trialNumber];
        float loss = 0;
        for (var i = 0; i < task.Shape.RowTiles; i++) loss += task.Loss[(trialNumber * task.Shape.RowTiles) + i];

        // The flag may be raised by another group during this launch, but only where this one finds the same loss.
        var stops = task.Sums[trialNumber].Diverged != 0 || !KernelMath.IsFinite(loss);
        if (tile == trial.FirstTile && Grid.IdxY == 0 && Group.IdxX == 0) Count(task, trialNumber, stops);
        if (stops) return;

        var step = task.Steps[(trialNumber * task.Batches) + task.Batch];
        var decay = task.Decay[trialNumber];
        var featureTiles = task.Shape.FeatureCapacity / Tiling.Features;
        if (Grid.IdxY < featureTiles)
            StepFeatures(task, left, right, tile, trial.Order, step, decay);
        else
            StepClasses(task, left, right, tile, trialNumber, (Grid.IdxY - featureTiles) * Tiling.Classes, step, decay);
    }

    // Eight features by four units a thread.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StepFeatures(
        BackwardTask task, ArrayView<Float4> left, ArrayView<Float4> right, int tile, int order, float step, float decay)
    {
        var thread = Group.IdxX;
        var column = thread % Tiling.UnitVectors;
        var band = thread / Tiling.UnitVectors;

        // 16 vectors a row of either operand: a thread brings one of every eighth row.
        var inputStride = task.Shape.FeatureCapacity / 4;
        var input = (order * task.InputsOfOrder) + task.FirstInput + (Grid.IdxY * FeatureVectors) + (band * inputStride) + column;
        var gradient = (tile * task.Shape.RowTiles * Tiling.Rows * Tiling.UnitVectors) + thread;
        inputStride *= Tiling.Threads / FeatureVectors;
        var x0 = task.Inputs[input];
        var x1 = task.Inputs[input + inputStride];
        var x2 = task.Inputs[input + (2 * inputStride)];
        var x3 = task.Inputs[input + (3 * inputStride)];
        var g0 = task.HiddenGradient[gradient];
        var g1 = task.HiddenGradient[gradient + Tiling.Threads];
        var g2 = task.HiddenGradient[gradient + (2 * Tiling.Threads)];
        var g3 = task.HiddenGradient[gradient + (3 * Tiling.Threads)];
        var top = default(Tile4x4);
        var bottom = default(Tile4x4);
        for (var rowTile = 1; rowTile <= task.Shape.RowTiles; rowTile++)
        {
            left[thread] = x0;
            left[thread + Tiling.Threads] = x1;
            left[thread + (2 * Tiling.Threads)] = x2;
            left[thread + (3 * Tiling.Threads)] = x3;
            right[thread] = g0;
            right[thread + Tiling.Threads] = g1;
            right[thread + (2 * Tiling.Threads)] = g2;
            right[thread + (3 * Tiling.Threads)] = g3;
            Group.Barrier();
            if (rowTile < task.Shape.RowTiles)
            {
                input += 4 * inputStride;
                gradient += 4 * Tiling.Threads;
                x0 = task.Inputs[input];
                x1 = task.Inputs[input + inputStride];
                x2 = task.Inputs[input + (2 * inputStride)];
                x3 = task.Inputs[input + (3 * inputStride)];
                g0 = task.HiddenGradient[gradient];
                g1 = task.HiddenGradient[gradient + Tiling.Threads];
                g2 = task.HiddenGradient[gradient + (2 * Tiling.Threads)];
                g3 = task.HiddenGradient[gradient + (3 * Tiling.Threads)];
            }

            for (var k = 0; k < Tiling.Rows; k += 2)
            {
                var x = (k * FeatureVectors) + (2 * band);
                var g = (k * Tiling.UnitVectors) + column;
                var even = right[g];
                top = top.AddOuter(left[x], even);
                bottom = bottom.AddOuter(left[x + 1], even);
                var odd = right[g + Tiling.UnitVectors];
                top = top.AddOuter(left[x + FeatureVectors], odd);
                bottom = bottom.AddOuter(left[x + FeatureVectors + 1], odd);
            }

            Group.Barrier();
        }

        var feature = (Grid.IdxY * Tiling.Features) + (8 * band);
        var weight = (((tile * task.Shape.FeatureCapacity) + feature) * Tiling.UnitVectors) + column;

        // The last row holds the biases, which do not decay.
        var weights = task.Shape.Features - feature;
        task.W1.Step(weight, top, step, decay, weights);
        task.W1.Step(weight + (4 * Tiling.UnitVectors), bottom, step, decay, weights - 4);
    }

    // Two classes by four units a thread.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StepClasses(
        BackwardTask task, ArrayView<Float4> left, ArrayView<Float4> right, int tile, int trial, int firstClass, float step, float decay)
    {
        var thread = Group.IdxX;
        var column = thread % Tiling.UnitVectors;
        var band = thread / Tiling.UnitVectors;
        var classVectors = task.Shape.ClassCapacity / 4;
        var output = (((trial * task.Shape.RowTiles * Tiling.Rows) + (thread / ClassVectors)) * classVectors)
            + (firstClass / 4) + (thread % ClassVectors);
        var hidden = (tile * task.Shape.RowTiles * Tiling.Rows * Tiling.UnitVectors) + thread;
        Float4 first = default, second = default;
        float firstBias = 0, secondBias = 0;
        for (var rowTile = 0; rowTile < task.Shape.RowTiles; rowTile++)
        {
            left[thread] = task.OutputGradient[output];
            right[thread] = task.Hidden[hidden];
            right[thread + Tiling.Threads] = task.Hidden[hidden + Tiling.Threads];
            right[thread + (2 * Tiling.Threads)] = task.Hidden[hidden + (2 * Tiling.Threads)];
            right[thread + (3 * Tiling.Threads)] = task.Hidden[hidden + (3 * Tiling.Threads)];
            Group.Barrier();
            output += Tiling.Rows * classVectors;
            hidden += Tiling.Rows * Tiling.UnitVectors;
            for (var k = 0; k < Tiling.Rows; k++)
            {
                var four = left[(k * ClassVectors) + (band / 2)];
                var a = band % 2 == 0 ? four.X : four.Z;
                var b = band % 2 == 0 ? four.Y : four.W;
                var h = right[(k * Tiling.UnitVectors) + column];
                first = Float4.MultiplyAdd(a, h, first);
                second = Float4.MultiplyAdd(b, h, second);
                firstBias += a;
                secondBias += b;
            }

            Group.Barrier();
        }

        var c = firstClass + (2 * band);
        var weight = (((tile * task.Shape.ClassCapacity) + c) * Tiling.UnitVectors) + column;
        task.W2.Step(weight, first, step, decay);
        task.W2.Step(weight + Tiling.UnitVectors, second, step, decay);
        if (tile != task.Trials[trial].FirstTile || column != 0) return;
        StepBias(task, (trial * task.Shape.ClassCapacity) + c, firstBias, step);
        StepBias(task, (trial * task.Shape.ClassCapacity) + c + 1, secondBias, step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StepBias(BackwardTask task, int at, float gradient, float step)
    {
        var m = Parameters.Move(gradient, task.BiasMean[at]);
        var v = Parameters.Spread(gradient, task.BiasVariance[at]);
        task.BiasMean[at] = m;
        task.BiasVariance[at] = v;
        task.Bias[at] = Parameters.Weight(task.Bias[at], m, v, step, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count(BackwardTask task, int trial, bool stops)
    {
        var sums = task.Sums[trial];
        if (stops)
        {
            sums.Diverged = 1;
        }
        else
        {
            for (var i = 0; i < task.Shape.RowTiles; i++)
            {
                sums.Loss += task.Loss[(trial * task.Shape.RowTiles) + i];
                sums.Correct += task.Correct[(trial * task.Shape.RowTiles) + i];
            }
        }

        task.Sums[trial] = sums;
    }
}
