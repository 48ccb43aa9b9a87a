using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>The 4 x 4 sums of one thread, in registers.</summary>
internal struct Tile4x4
{
    public Float4 Row0;
    public Float4 Row1;
    public Float4 Row2;
    public Float4 Row3;

    /// <summary>This tile plus the outer product of <paramref name="column"/> and <paramref name="row"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Tile4x4 AddOuter(Float4 column, Float4 row) => new()
    {
        Row0 = Float4.MultiplyAdd(column.X, row, Row0),
        Row1 = Float4.MultiplyAdd(column.Y, row, Row1),
        Row2 = Float4.MultiplyAdd(column.Z, row, Row2),
        Row3 = Float4.MultiplyAdd(column.W, row, Row3),
    };
}
