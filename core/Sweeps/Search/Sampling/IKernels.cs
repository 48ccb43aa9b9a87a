using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>Along one dimension: a density around each value that was observed and, last, a wide one for the prior.</summary>
internal interface IKernels
{
    double Draw(int kernel, Xoshiro256 random);

    double LogDensity(int kernel, double value);
}
