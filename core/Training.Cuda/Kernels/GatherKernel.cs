using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>
/// Brings the rows of some batches together, once for all trials that share an order, in the two layouts that the
/// forward and the backward pass read. The grid is over numbers of a batch, batches and orders; the threads run along
/// the features, so that rows are read whole.
/// </summary>
internal static class GatherKernel
{
    public static void Run(GatherTask task)
    {
        var capacity = task.Shape.FeatureCapacity;
        var number = (Grid.IdxX * Tiling.Threads) + Group.IdxX;
        var row = number / capacity;
        if (row >= task.Shape.RowTiles * Tiling.Rows) return;
        var feature = number - (row * capacity);
        var batch = (Grid.IdxZ * task.BatchCapacity) + Grid.IdxY;
        var position = ((task.FirstBatch + Grid.IdxY) * task.BatchSize) + row;
        var exists = row < task.BatchSize && position < task.RowCount;
        float value = 0;
        if (exists)
        {
            var source = task.Rows[(Grid.IdxZ * task.RowCount) + position];
            if (feature == task.Shape.Features) value = 1;
            if (feature < task.Shape.Features) value = task.Features[((long)source * task.Shape.Features) + feature];
            if (feature == 0) task.BatchLabels[(batch * task.Shape.RowTiles * Tiling.Rows) + row] = task.Labels[source];
        }
        else if (feature == 0)
        {
            task.BatchLabels[(batch * task.Shape.RowTiles * Tiling.Rows) + row] = -1;
        }

        task.Inputs[(((batch * task.Shape.RowTiles * Tiling.Rows) + row) * capacity) + feature] = value;
        var tile = (batch * task.Shape.RowTiles) + (row / Tiling.Rows);
        task.Transposed[(((tile * capacity) + feature) * Tiling.Rows) + (row % Tiling.Rows)] = value;
    }
}
