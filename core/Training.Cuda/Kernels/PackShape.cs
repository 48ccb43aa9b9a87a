namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>What all trials of a pack have in common, and the padding of it.</summary>
internal struct PackShape
{
    /// <summary>Features of a row. The feature after the last is 1 in every row: its weights are the biases b1.</summary>
    public int Features;

    /// <summary>Features, with the constant one, that there is room for: whole tiles.</summary>
    public int FeatureCapacity;

    /// <summary>Features, with the constant one, that the forward pass sums over: whole steps.</summary>
    public int Depth;

    public int Classes;

    /// <summary>Classes that there is room for: whole tiles.</summary>
    public int ClassCapacity;

    /// <summary>Tiles of rows of a batch.</summary>
    public int RowTiles;
}
