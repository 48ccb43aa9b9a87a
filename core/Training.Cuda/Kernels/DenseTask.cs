using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>What the dense kernels read and write: those for networks of any depth.</summary>
internal struct DenseTask
{
    /// <summary>Layers of this launch; the grid's third dimension.</summary>
    public ArrayView<int> Active;

    public ArrayView<DenseInfo> Layers;

    public ArrayView<DenseTrial> Trials;

    /// <summary>Features: rows to train on, or tiles of validation rows.</summary>
    public ArrayView<float> Features;

    /// <summary>Classes of the same rows.</summary>
    public ArrayView<int> Labels;

    /// <summary>Weights and biases of all layers.</summary>
    public ArrayView<float> Weights;

    /// <summary>Adam's running means, or velocities.</summary>
    public ArrayView<float> Mean;

    public ArrayView<float> Variance;

    /// <summary>Values of all layers, after dropout.</summary>
    public ArrayView<float> Values;

    /// <summary>The loss's derivatives by all layers' sums.</summary>
    public ArrayView<float> Gradients;

    /// <summary>Keys of dropout.</summary>
    public ArrayView<uint> Keys;

    /// <summary>How much a row of each class counts, [trial, class].</summary>
    public ArrayView<float> ClassWeights;

    /// <summary>Cross-entropies, [trial, row].</summary>
    public ArrayView<float> Loss;

    /// <summary>The most probable class, [trial, row].</summary>
    public ArrayView<int> Winners;

    /// <summary>[trial].</summary>
    public ArrayView<TrialSums> Sums;

    /// <summary>Sizes of steps, [trial, batch of the epoch].</summary>
    public ArrayView<float> Steps;

    /// <summary>What weight decay takes off with each step of the epoch, [trial].</summary>
    public ArrayView<float> Decay;

    public DenseRows Rows;

    /// <summary>Rows of a trial in <see cref="Loss"/> and <see cref="Winners"/>.</summary>
    public int RowCapacity;

    /// <summary>Where in these the launch's first row stands.</summary>
    public int FirstRow;

    /// <summary>1 in the first layers, whose inputs are the features.</summary>
    public int IsFirst;

    /// <summary>The batch's number in the epoch.</summary>
    public int Batch;

    /// <summary>Batches of an epoch.</summary>
    public int Batches;

    /// <summary>1 / rows of the batch.</summary>
    public float Scale;

    /// <summary>1 / classes.</summary>
    public float ShareOfClass;
}
