using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>
/// Points of a scrambled Sobol' sequence: as good as random ones at any number, and more evenly spread, best at powers
/// of two.
/// </summary>
public sealed record SobolSampler() : Sampler("sobol", "evenly spread")
{
    private const int Stream = 3;

    /// <inheritdoc/>
    public override HyperParameters? Next(SearchSpace space, IReadOnlyList<Observation> observations, int index)
    {
        var scrambles = Scrambles(Seed ?? 1);
        var positions = new double[space.Dimensions.Count];
        for (var i = 0; i < positions.Length; i++)
            positions[i] = SobolSequence.Scramble(SobolSequence.Coordinate(i, (uint)index), scrambles[i]) / 4294967296.0;
        return space.At(positions);
    }

    private static uint[] Scrambles(int seed)
    {
        var random = new Xoshiro256(seed, Stream);
        return [.. Enumerable.Range(0, SobolSequence.MaxDimensions).Select(_ => (uint)(random.Next() >> 32))];
    }
}
