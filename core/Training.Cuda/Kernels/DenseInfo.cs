using System.Runtime.CompilerServices;
using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>What the dense kernels know of one layer of a trial. The layer's weights lie row by row, its biases after them.</summary>
internal struct DenseInfo
{
    public int Trial;

    public int Inputs;

    public int Units;

    /// <summary>Where its weights start, inputs x units, and then its biases.</summary>
    public int Weights;

    /// <summary>Where its values start, rows x units; its gradients likewise.</summary>
    public int Values;

    /// <summary>Where the values of the layer below start; unused in the first layer, whose inputs are the features.</summary>
    public int Below;

    /// <summary>1 for the output layer, whose values are the sums themselves.</summary>
    public int IsOutput;

    /// <summary>Where the layer's keys of dropout start, one for each row of an epoch.</summary>
    public int Keys;

    /// <summary>Where the keys of the layer below start.</summary>
    public int KeysBelow;
}

/// <summary>What the dense kernels know of a trial.</summary>
internal struct DenseTrial
{
    /// <summary>Number of the <see cref="Training.Activation"/>.</summary>
    public int Activation;

    /// <summary>Which of the pack's row orders it follows.</summary>
    public int Order;

    /// <summary>Number of the <see cref="Training.Optimizer"/>.</summary>
    public int Optimizer;

    /// <summary>Draws below it are left out; 0 without dropout.</summary>
    public int Dropped;

    /// <summary>What dropout multiplies the others by.</summary>
    public float Scale;

    /// <summary>1 / <see cref="Scale"/>.</summary>
    public float Kept;

    /// <summary>The share of the targets that is spread over all classes.</summary>
    public float Smoothing;
}

/// <summary>Which rows a launch of the dense kernels is about.</summary>
internal struct DenseRows
{
    /// <summary>Rows of an epoch, [order, position].</summary>
    public ArrayView<int> Order;

    /// <summary>Positions of an order.</summary>
    public int Positions;

    /// <summary>First position of the batch, or first validation row.</summary>
    public int First;

    /// <summary>Rows of the batch.</summary>
    public int Count;

    /// <summary>1 for rows to train on, 0 for validation rows.</summary>
    public int IsTraining;

    /// <summary>Features of a row.</summary>
    public int Features;

    /// <summary>Features that there is room for in the tiles of validation rows.</summary>
    public int FeatureCapacity;

    /// <summary>Where the features of a row start.</summary>
    /// <param name="order">The trial's order.</param>
    /// <param name="row">Row of the batch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long Place(int order, int row)
    {
        if (IsTraining != 0) return (long)Order[(order * Positions) + First + row] * Features;
        var at = First + row;
        return ((long)(at / Tiling.Rows) * FeatureCapacity * Tiling.Rows) + (at % Tiling.Rows);
    }

    /// <summary>From a feature of a row to the next.</summary>
    public readonly int Stride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsTraining != 0 ? 1 : Tiling.Rows;
    }
}
