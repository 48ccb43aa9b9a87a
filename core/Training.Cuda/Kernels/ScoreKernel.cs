using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>
/// Loss, hits and classes of a tile of validation rows, after the forward pass. The grid is over trials and tiles of rows.
/// </summary>
internal static class ScoreKernel
{
    public static void Run(ScoreTask task)
    {
        var found = SharedMemory.Allocate<RowScore>(Tiling.Threads);
        var trialNumber = task.ActiveTrials[Grid.IdxX];
        var trial = task.Trials[trialNumber];
        var rowTile = task.FirstRowTile + Grid.IdxY;
        var label = task.Labels[(rowTile * Tiling.Rows) + (Group.IdxX % Tiling.Rows)];
        var outputs = new TileOutputs
        {
            Partial = task.Partial,
            Bias = task.Bias,
            Start = ((trial.FirstTile * task.RowTiles) + Grid.IdxY) * task.Shape.ClassCapacity * Tiling.Rows,
            Stride = task.RowTiles * task.Shape.ClassCapacity * Tiling.Rows,
            Tiles = trial.Tiles,
            BiasStart = trialNumber * task.Shape.ClassCapacity,
            Classes = task.Shape.Classes,
        };
        var score = RowScore.Find(outputs, label, found);
        var place = (trialNumber * task.AllRowTiles) + rowTile;
        if (Group.IdxX < Tiling.Rows) task.Winners[(place * Tiling.Rows) + Group.IdxX] = score.Winner;
        OutputKernel.Reduce(score, label, found, out var loss, out var correct);
        if (Group.IdxX != 0) return;
        task.Loss[place] = loss;
        task.Correct[place] = correct;
    }
}
