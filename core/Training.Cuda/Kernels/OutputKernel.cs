using System.Runtime.CompilerServices;
using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>
/// Softmax, loss, and their derivatives back to the hidden layer's sums, for a tile of units and of rows. Each tile of a
/// trial does the small softmax again, which costs less than a launch of its own; the first one writes it down.
/// </summary>
internal static class OutputKernel
{
    private const int GradientVectors = Tiling.Rows / 4;

    public static void Run(OutputTask task)
    {
        var found = SharedMemory.Allocate<RowScore>(Tiling.Threads);
        var gradients = SharedMemory.Allocate<Float4>(Tiling.Classes * GradientVectors);
        var weights = SharedMemory.Allocate<Float4>(Tiling.Classes * Tiling.UnitVectors);
        var thread = Group.IdxX;
        var row = thread % Tiling.Rows;
        var lane = thread / Tiling.Rows;
        var tile = task.ActiveTiles[Grid.IdxX];
        var rowTile = Grid.IdxY;
        var trialNumber = task.Tiles[tile].Trial;
        var trial = task.Trials[trialNumber];
        var label = task.Labels[(trial.Order * task.LabelsOfOrder) + task.FirstLabel + (rowTile * Tiling.Rows) + row];
        var outputs = new TileOutputs
        {
            Partial = task.Partial,
            Bias = task.Bias,
            Start = ((trial.FirstTile * task.Shape.RowTiles) + rowTile) * task.Shape.ClassCapacity * Tiling.Rows,
            Stride = task.Shape.RowTiles * task.Shape.ClassCapacity * Tiling.Rows,
            Tiles = trial.Tiles,
            BiasStart = trialNumber * task.Shape.ClassCapacity,
            Classes = task.Shape.Classes,
        };
        var score = RowScore.Find(outputs, label, found);
        var writes = tile == trial.FirstTile;
        if (writes) WriteScore(task, score, label, (trialNumber * task.Shape.RowTiles) + rowTile, found);

        var scale = label < 0 ? 0 : task.Scale;
        var share = scale * KernelMath.Reciprocal(1 + score.Others);
        var column = thread % Tiling.UnitVectors;
        var band = thread / Tiling.UnitVectors;
        var gradientsAsFloats = gradients.Cast<float>();
        var sums = default(Tile4x4);
        for (var first = 0; first < task.Shape.Classes; first += Tiling.Classes)
        {
            for (var k = lane; k < Tiling.Classes; k += Tiling.LanesOfRow)
            {
                var c = first + k;
                float gradient = 0;
                if (c < task.Shape.Classes)
                {
                    gradient = share * KernelMath.Exp(outputs.Sum(c, row) - score.Largest);
                    if (c == label) gradient -= scale;
                    if (writes)
                    {
                        var target = ((trialNumber * task.Shape.RowTiles) + rowTile) * Tiling.Rows;
                        task.OutputGradient[((target + row) * task.Shape.ClassCapacity) + c] = gradient;
                    }
                }

                gradientsAsFloats[(k * Tiling.Rows) + row] = gradient;
            }

            var weight = (((tile * task.Shape.ClassCapacity) + first) * Tiling.UnitVectors) + thread;
            weights[thread] = task.W2[weight];
            weights[thread + Tiling.Threads] = task.W2[weight + Tiling.Threads];
            Group.Barrier();
            for (var k = 0; k < Tiling.Classes; k += 2)
            {
                sums = sums.AddOuter(gradients[(k * GradientVectors) + band], weights[(k * Tiling.UnitVectors) + column]);
                sums = sums.AddOuter(
                    gradients[((k + 1) * GradientVectors) + band], weights[((k + 1) * Tiling.UnitVectors) + column]);
            }

            Group.Barrier();
        }

        var hidden = ((((tile * task.Shape.RowTiles) + rowTile) * Tiling.Rows) + (4 * band)) * Tiling.UnitVectors;
        WriteGradient(task, hidden + column, sums.Row0, trial.Activation);
        WriteGradient(task, hidden + column + Tiling.UnitVectors, sums.Row1, trial.Activation);
        WriteGradient(task, hidden + column + (2 * Tiling.UnitVectors), sums.Row2, trial.Activation);
        WriteGradient(task, hidden + column + (3 * Tiling.UnitVectors), sums.Row3, trial.Activation);
    }

    /// <summary>Sums up the losses and hits of a tile of rows, always in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Reduce(RowScore score, int label, ArrayView<RowScore> found, out float loss, out int correct)
    {
        // Every thread has read what the others found before it is written over.
        Group.Barrier();
        if (Group.IdxX < Tiling.Rows)
        {
            score.Others = label < 0 ? 0 : score.Loss;
            score.Winner = label >= 0 && score.Winner == label ? 1 : 0;
            found[Group.IdxX] = score;
        }

        Group.Barrier();
        loss = 0;
        correct = 0;
        if (Group.IdxX != 0) return;
        for (var row = 0; row < Tiling.Rows; row++)
        {
            loss += found[row].Others;
            correct += found[row].Winner;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteScore(OutputTask task, RowScore score, int label, int place, ArrayView<RowScore> found)
    {
        Reduce(score, label, found, out var loss, out var correct);
        if (Group.IdxX != 0) return;
        task.Loss[place] = loss;
        task.Correct[place] = correct;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteGradient(OutputTask task, int place, Float4 sums, int activation)
    {
        var h = task.Hidden[place];
        task.HiddenGradient[place] = new Float4(
            KernelMath.Backpropagate(sums.X, h.X, activation),
            KernelMath.Backpropagate(sums.Y, h.Y, activation),
            KernelMath.Backpropagate(sums.Z, h.Z, activation),
            KernelMath.Backpropagate(sums.W, h.W, activation));
    }
}
