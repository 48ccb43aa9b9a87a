namespace MusicPipeline.Training.Cpu;

/// <summary>What is kept of every parameter.</summary>
internal enum Quantity
{
    /// <summary>The weight itself.</summary>
    Weight,

    /// <summary>Adam's running mean of its gradient.</summary>
    Mean,

    /// <summary>Adam's running mean of its squared gradient.</summary>
    Variance,
}
