using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>What <see cref="ScoreKernel"/> reads and writes.</summary>
internal struct ScoreTask
{
    /// <summary>Trials that are still trained; the grid's first dimension.</summary>
    public ArrayView<int> ActiveTrials;

    public ArrayView<TrialInfo> Trials;

    /// <summary>What each tile adds to the outputs: [tile, tile of rows of this launch, class, row].</summary>
    public ArrayView<float> Partial;

    /// <summary>b2, [trial, class].</summary>
    public ArrayView<float> Bias;

    /// <summary>Classes of the validation rows; -1 where there is no row.</summary>
    public ArrayView<int> Labels;

    /// <summary>Sums of cross-entropies, [trial, tile of rows].</summary>
    public ArrayView<float> Loss;

    /// <summary>Rows classified rightly, [trial, tile of rows].</summary>
    public ArrayView<int> Correct;

    /// <summary>The most probable class of each row, [trial, row].</summary>
    public ArrayView<int> Winners;

    public PackShape Shape;

    /// <summary>Tiles of rows of this launch; the grid's second dimension.</summary>
    public int RowTiles;

    /// <summary>First tile of rows of this launch.</summary>
    public int FirstRowTile;

    /// <summary>Tiles of rows of all launches.</summary>
    public int AllRowTiles;
}
