namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>What the kernels know of a trial.</summary>
internal struct TrialInfo
{
    /// <summary>Number of the <see cref="Training.Activation"/>.</summary>
    public int Activation;

    /// <summary>Which of the pack's row orders it follows.</summary>
    public int Order;

    /// <summary>Its first tile of hidden units; the others follow it.</summary>
    public int FirstTile;

    public int Tiles;
}
