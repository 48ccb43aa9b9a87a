using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>Along one dimension: a density around each value that was observed and, last, a wide one for the prior.</summary>
internal interface IKernels
{
    double Draw(int kernel, Xoshiro256 random);

    /// <summary>Adds to each kernel's term the logarithm of its density at a value.</summary>
    void AddLogDensities(double value, Span<double> terms);
}
