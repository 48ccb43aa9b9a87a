using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>What <see cref="ForwardKernel"/> reads and writes.</summary>
internal struct ForwardTask
{
    /// <summary>Tiles of the trials that are still trained; the grid's first dimension.</summary>
    public ArrayView<int> ActiveTiles;

    public ArrayView<TileInfo> Tiles;

    public ArrayView<TrialInfo> Trials;

    /// <summary>Inputs, transposed in tiles of rows: [order, tile of rows, feature, row].</summary>
    public ArrayView<Float4> Inputs;

    /// <summary>[tile, feature, unit], the biases b1 after the last feature.</summary>
    public ArrayView<Float4> W1;

    /// <summary>[tile, class, unit].</summary>
    public ArrayView<Float4> W2;

    /// <summary>Hidden values, [tile, row, unit].</summary>
    public ArrayView<Float4> Hidden;

    /// <summary>What each tile adds to the outputs: [tile, tile of rows, class, row].</summary>
    public ArrayView<float> Partial;

    public PackShape Shape;

    /// <summary>Tiles of rows of this launch; the grid's second dimension.</summary>
    public int RowTiles;

    /// <summary>Tiles of rows that an order has in <see cref="Inputs"/>; 0 where all trials read the same rows.</summary>
    public int InputTilesOfOrder;

    /// <summary>Where in those of an order this launch starts.</summary>
    public int FirstInputTile;

    /// <summary>1 to write <see cref="Hidden"/>, 0 not to.</summary>
    public int KeepsHidden;
}
