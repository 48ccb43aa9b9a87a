using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>What <see cref="GatherKernel"/> reads and writes.</summary>
internal struct GatherTask
{
    /// <summary>rows x features.</summary>
    public ArrayView<float> Features;

    public ArrayView<int> Labels;

    /// <summary>The rows of an epoch, [order, position].</summary>
    public ArrayView<int> Rows;

    /// <summary>[order, batch, row, feature], a one after the last feature of each row that is there.</summary>
    public ArrayView<float> Inputs;

    /// <summary>The same, transposed in tiles of rows: [order, batch, tile of rows, feature, row].</summary>
    public ArrayView<float> Transposed;

    /// <summary>[order, batch, row]; -1 where there is no row.</summary>
    public ArrayView<int> BatchLabels;

    public PackShape Shape;

    /// <summary>Rows of an order.</summary>
    public int RowCount;

    /// <summary>Rows of a batch but for the last.</summary>
    public int BatchSize;

    /// <summary>First batch of this launch.</summary>
    public int FirstBatch;

    /// <summary>Batches of this launch; the grid's second dimension.</summary>
    public int Batches;

    /// <summary>Batches of an order that there is room for.</summary>
    public int BatchCapacity;
}
