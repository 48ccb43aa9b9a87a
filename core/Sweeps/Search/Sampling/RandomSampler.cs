using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>Independent points at random (J. Bergstra, Y. Bengio, Random search for hyper-parameter optimization, 2012).</summary>
public sealed record RandomSampler() : Sampler("random", "independently of each other")
{
    // Beyond the streams of weights and row orders.
    private const int FirstStream = 1 << 16;

    /// <inheritdoc/>
    public override HyperParameters? Next(SearchSpace space, IReadOnlyList<Observation> observations, int index) =>
        Draw(space, Generator(Seed ?? 1, index));

    internal static Xoshiro256 Generator(int seed, int index) => new(seed, FirstStream + index);

    internal static HyperParameters Draw(SearchSpace space, Xoshiro256 random)
    {
        var positions = new double[space.Dimensions.Count];
        foreach (ref var position in positions.AsSpan()) position = random.NextDouble();
        return space.At(positions);
    }
}
