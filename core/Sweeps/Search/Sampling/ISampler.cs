using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>Chooses points of a space. The same arguments always give the same point.</summary>
public interface ISampler
{
    /// <summary>Whether points depend on results, so that they cannot be listed beforehand.</summary>
    bool Learns => false;

    /// <summary>A point to train.</summary>
    /// <param name="space">The space.</param>
    /// <param name="observations">
    /// What is known, in an order that stays; only a sampler that learns reads it. Points outside of the space are passed over.
    /// </param>
    /// <param name="index">Number of the point, from 0 on.</param>
    /// <returns>The point, or null where there are no more.</returns>
    HyperParameters? Next(SearchSpace space, IReadOnlyList<Observation> observations, int index);
}
