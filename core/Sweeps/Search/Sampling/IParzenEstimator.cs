using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>A density over the values of one dimension, from the values that were observed and a flat prior.</summary>
internal interface IParzenEstimator
{
    double Draw(Xoshiro256 random);

    double LogDensity(double value);
}
