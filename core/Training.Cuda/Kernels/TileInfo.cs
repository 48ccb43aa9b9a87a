
namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>What the kernels know of a tile of hidden units.</summary>
internal struct TileInfo
{
    /// <summary>The trial that the units are of.</summary>
    public int Trial;

    /// <summary>Units that are there; the rest of the tile is padding.</summary>
    public int Units;
}
