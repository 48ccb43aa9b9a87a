using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>What <see cref="BackwardKernel"/> reads and writes.</summary>
internal struct BackwardTask
{
    public ArrayView<int> ActiveTiles;

    public ArrayView<TileInfo> Tiles;

    public ArrayView<TrialInfo> Trials;

    /// <summary>[order, batch, row, feature].</summary>
    public ArrayView<Float4> Inputs;

    /// <summary>Hidden values, [tile, row, unit].</summary>
    public ArrayView<Float4> Hidden;

    /// <summary>The loss's derivatives by the hidden layer's sums, [tile, row, unit].</summary>
    public ArrayView<Float4> HiddenGradient;

    /// <summary>The loss's derivatives by the outputs, [trial, row, class].</summary>
    public ArrayView<Float4> OutputGradient;

    /// <summary>W1 with b1 after the last feature, and Adam's two moments of it: [tile, feature, unit].</summary>
    public Parameters W1;

    /// <summary>W2 and its moments: [tile, class, unit].</summary>
    public Parameters W2;

    /// <summary>b2 and its moments, [trial, class].</summary>
    public ArrayView<float> Bias;

    public ArrayView<float> BiasMean;

    public ArrayView<float> BiasVariance;

    /// <summary>Sums of cross-entropies of the batch, [trial, tile of rows].</summary>
    public ArrayView<float> Loss;

    /// <summary>Rows of the batch classified rightly, [trial, tile of rows].</summary>
    public ArrayView<int> Correct;

    /// <summary>[trial].</summary>
    public ArrayView<TrialSums> Sums;

    /// <summary>Adam's step sizes, [trial, batch of the epoch].</summary>
    public ArrayView<float> Steps;

    /// <summary>What weight decay takes off with each step of the epoch, [trial].</summary>
    public ArrayView<float> Decay;

    public PackShape Shape;

    /// <summary>Vectors of inputs from an order to the next.</summary>
    public int InputsOfOrder;

    /// <summary>Where in those of an order the batch starts.</summary>
    public int FirstInput;

    /// <summary>The batch's number in the epoch.</summary>
    public int Batch;

    /// <summary>Batches of an epoch.</summary>
    public int Batches;
}
