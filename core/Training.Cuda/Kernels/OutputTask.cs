using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>What <see cref="OutputKernel"/> reads and writes.</summary>
internal struct OutputTask
{
    public ArrayView<int> ActiveTiles;

    public ArrayView<TileInfo> Tiles;

    public ArrayView<TrialInfo> Trials;

    /// <summary>What each tile adds to the outputs: [tile, tile of rows, class, row].</summary>
    public ArrayView<float> Partial;

    /// <summary>b2, [trial, class].</summary>
    public ArrayView<float> Bias;

    /// <summary>[tile, class, unit].</summary>
    public ArrayView<Float4> W2;

    /// <summary>[order, batch, row]; -1 where there is no row.</summary>
    public ArrayView<int> Labels;

    /// <summary>Hidden values, [tile, row, unit].</summary>
    public ArrayView<Float4> Hidden;

    /// <summary>The loss's derivatives by the hidden layer's sums, [tile, row, unit].</summary>
    public ArrayView<Float4> HiddenGradient;

    /// <summary>The loss's derivatives by the outputs, [trial, row, class].</summary>
    public ArrayView<float> OutputGradient;

    /// <summary>Sums of cross-entropies, [trial, tile of rows].</summary>
    public ArrayView<float> Loss;

    /// <summary>Rows classified rightly, [trial, tile of rows].</summary>
    public ArrayView<int> Correct;

    public PackShape Shape;

    /// <summary>Labels from an order to the next.</summary>
    public int LabelsOfOrder;

    /// <summary>Where in those of an order the batch starts.</summary>
    public int FirstLabel;

    /// <summary>1 / rows of the batch.</summary>
    public float Scale;
}
