using System.Runtime.CompilerServices;
using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>
/// A tile of the hidden layer, <c>h = activation(x W1 + b1)</c>, and what it adds to the outputs. The grid is over the
/// tiles of units of all trials, and the tiles of rows.
/// </summary>
internal static class ForwardKernel
{
    private const int InputVectors = Tiling.Rows / 4;

    // One more vector a row keeps the threads that read a column apart in shared memory.
    private const int ValueStride = Tiling.UnitVectors + 1;

    public static void Run(ForwardTask task)
    {
        var inputs = SharedMemory.Allocate<Float4>(Tiling.Rows * InputVectors);
        var weights = SharedMemory.Allocate<Float4>(Tiling.Rows * Tiling.UnitVectors);
        var values = SharedMemory.Allocate<Float4>(Tiling.Rows * ValueStride);
        var thread = Group.IdxX;
        var column = thread % Tiling.UnitVectors;
        var band = thread / Tiling.UnitVectors;
        var tile = task.ActiveTiles[Grid.IdxX];
        var rowTile = Grid.IdxY;
        var info = task.Tiles[tile];
        var trial = task.Trials[info.Trial];

        // While a step is summed up, the operands of the next are on their way into registers.
        var input = (((trial.Order * task.InputTilesOfOrder) + task.FirstInputTile + rowTile) * task.Shape.FeatureCapacity * InputVectors)
            + thread;
        var weight = (tile * task.Shape.FeatureCapacity * Tiling.UnitVectors) + thread;
        var x0 = task.Inputs[input];
        var x1 = task.Inputs[input + Tiling.Threads];
        var w0 = task.W1[weight];
        var w1 = task.W1[weight + Tiling.Threads];
        var w2 = task.W1[weight + (2 * Tiling.Threads)];
        var w3 = task.W1[weight + (3 * Tiling.Threads)];
        var sums = default(Tile4x4);
        for (var depth = Tiling.Rows; depth <= task.Shape.Depth; depth += Tiling.Rows)
        {
            inputs[thread] = x0;
            inputs[thread + Tiling.Threads] = x1;
            weights[thread] = w0;
            weights[thread + Tiling.Threads] = w1;
            weights[thread + (2 * Tiling.Threads)] = w2;
            weights[thread + (3 * Tiling.Threads)] = w3;
            Group.Barrier();
            if (depth < task.Shape.Depth)
            {
                input += Tiling.Rows * InputVectors;
                weight += Tiling.Rows * Tiling.UnitVectors;
                x0 = task.Inputs[input];
                x1 = task.Inputs[input + Tiling.Threads];
                w0 = task.W1[weight];
                w1 = task.W1[weight + Tiling.Threads];
                w2 = task.W1[weight + (2 * Tiling.Threads)];
                w3 = task.W1[weight + (3 * Tiling.Threads)];
            }

            for (var k = 0; k < Tiling.Rows; k += 4)
            {
                var x = (k * InputVectors) + band;
                var w = (k * Tiling.UnitVectors) + column;
                sums = sums.AddOuter(inputs[x], weights[w]);
                sums = sums.AddOuter(inputs[x + InputVectors], weights[w + Tiling.UnitVectors]);
                sums = sums.AddOuter(inputs[x + (2 * InputVectors)], weights[w + (2 * Tiling.UnitVectors)]);
                sums = sums.AddOuter(inputs[x + (3 * InputVectors)], weights[w + (3 * Tiling.UnitVectors)]);
            }

            Group.Barrier();
        }

        var units = info.Units - (4 * column);
        var row = 4 * band;
        var h0 = Activate(sums.Row0, trial.Activation, units);
        var h1 = Activate(sums.Row1, trial.Activation, units);
        var h2 = Activate(sums.Row2, trial.Activation, units);
        var h3 = Activate(sums.Row3, trial.Activation, units);
        values[(row * ValueStride) + column] = h0;
        values[((row + 1) * ValueStride) + column] = h1;
        values[((row + 2) * ValueStride) + column] = h2;
        values[((row + 3) * ValueStride) + column] = h3;
        if (task.KeepsHidden != 0)
        {
            var hidden = (((tile * task.RowTiles) + rowTile) * Tiling.Rows * Tiling.UnitVectors) + (row * Tiling.UnitVectors) + column;
            task.Hidden[hidden] = h0;
            task.Hidden[hidden + Tiling.UnitVectors] = h1;
            task.Hidden[hidden + (2 * Tiling.UnitVectors)] = h2;
            task.Hidden[hidden + (3 * Tiling.UnitVectors)] = h3;
        }

        Group.Barrier();
        Project(task, values, tile, rowTile);
    }

    // A warp has one class and a row for each of its threads.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Project(ForwardTask task, ArrayView<Float4> values, int tile, int rowTile)
    {
        var row = Group.IdxX % Tiling.Rows;
        var outputs = ((tile * task.RowTiles) + rowTile) * task.Shape.ClassCapacity * Tiling.Rows;
        for (var c = Group.IdxX / Tiling.Rows; c < task.Shape.Classes; c += Tiling.LanesOfRow)
        {
            var weight = ((tile * task.Shape.ClassCapacity) + c) * Tiling.UnitVectors;
            float even = 0, odd = 0;
            for (var u = 0; u < Tiling.UnitVectors; u += 4)
            {
                even = Float4.Dot(values[(row * ValueStride) + u], task.W2[weight + u], even);
                odd = Float4.Dot(values[(row * ValueStride) + u + 1], task.W2[weight + u + 1], odd);
                even = Float4.Dot(values[(row * ValueStride) + u + 2], task.W2[weight + u + 2], even);
                odd = Float4.Dot(values[(row * ValueStride) + u + 3], task.W2[weight + u + 3], odd);
            }

            task.Partial[outputs + (c * Tiling.Rows) + row] = even + odd;
        }
    }

    // The padding must stay 0: a sigmoid would make it 1/2, and its weights would be trained.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Float4 Activate(Float4 sums, int activation, int units) => new(
        units > 0 ? KernelMath.Activate(sums.X, activation) : 0,
        units > 1 ? KernelMath.Activate(sums.Y, activation) : 0,
        units > 2 ? KernelMath.Activate(sums.Z, activation) : 0,
        units > 3 ? KernelMath.Activate(sums.W, activation) : 0);
}
