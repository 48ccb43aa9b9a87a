using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>Shares of the values 0 to count - 1: those observed, each mixed with a little of all, and the flat prior.</summary>
internal sealed class CategoricalParzen : IParzenEstimator
{
    private readonly double[] _shares;

    /// <param name="observations">Observed values, in the order in which they were made.</param>
    /// <param name="weights">Weight of each and, last, of the prior; their sum is 1.</param>
    /// <param name="count">Number of values.</param>
    public CategoricalParzen(IReadOnlyList<double> observations, double[] weights, int count)
    {
        _shares = new double[count];
        // A kernel has 1 on its own value and 1/kernels on every value, before its shares are made to add up to 1.
        var everywhere = 1.0 / weights.Length;
        for (var i = 0; i < observations.Count; i++)
        {
            var total = 1 + (count * everywhere);
            foreach (ref var share in _shares.AsSpan()) share += weights[i] * everywhere / total;
            _shares[(int)observations[i]] += weights[i] / total;
        }

        foreach (ref var share in _shares.AsSpan()) share += weights[^1] / count;
    }

    public double Draw(Xoshiro256 random) => Mixture.Pick(_shares, random);

    public double LogDensity(double value) => Math.Log(_shares[(int)value]);
}
