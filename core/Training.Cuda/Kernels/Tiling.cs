namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>
/// How the kernels cut up their work. A group of 128 threads computes a tile of 32 or 64 by 64 numbers, 4 x 4 or 8 x 4 a
/// thread, from two operands that it holds in shared memory 32 steps of the sum at a time. Everything in memory is padded
/// with zeros to whole tiles, so that no inner loop asks where the data end. The numbers are those of the kernels' code:
/// 32 rows, 64 units, 64 features and 16 classes are what 128 threads are laid out for.
/// </summary>
internal static class Tiling
{
    /// <summary>Threads of a group.</summary>
    public const int Threads = 128;

    /// <summary>Rows of a tile of the forward pass, and steps of a sum that are in shared memory at once.</summary>
    public const int Rows = PackMemory.RowTile;

    /// <summary>Hidden units of a tile.</summary>
    public const int Units = PackMemory.UnitTile;

    /// <summary>Vectors of four floats along the units of a tile.</summary>
    public const int UnitVectors = Units / 4;

    /// <summary>Features of a tile of W1's gradient.</summary>
    public const int Features = PackMemory.FeatureTile;

    /// <summary>Classes of a tile of W2's gradient, and of the outputs' gradient.</summary>
    public const int Classes = PackMemory.ClassTile;

    /// <summary>Threads that share a row of outputs.</summary>
    public const int LanesOfRow = Threads / Rows;

    public static int RoundUp(int value, int multiple) => checked(value + multiple - 1) / multiple * multiple;
}
