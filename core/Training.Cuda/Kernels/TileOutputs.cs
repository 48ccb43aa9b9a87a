using System.Runtime.CompilerServices;
using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>The outputs of a trial for a tile of rows, which are sums over the trial's tiles of units.</summary>
internal struct TileOutputs
{
    public ArrayView<float> Partial;

    public ArrayView<float> Bias;

    /// <summary>Where the first tile's share starts.</summary>
    public int Start;

    /// <summary>From one tile's share to the next.</summary>
    public int Stride;

    public int Tiles;

    /// <summary>Where the trial's biases start.</summary>
    public int BiasStart;

    public int Classes;

    /// <summary>The output of a class for a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float Sum(int c, int row)
    {
        var sum = Bias[BiasStart + c];
        var at = Start + (c * Tiling.Rows) + row;
        for (var tile = 0; tile < Tiles; tile++)
        {
            sum += Partial[at];
            at += Stride;
        }

        return sum;
    }
}
