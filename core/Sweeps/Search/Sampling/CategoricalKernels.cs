using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>Shares of the values 0 to count - 1: the one observed mixed with a little of all, and a flat prior.</summary>
internal sealed class CategoricalKernels : IKernels
{
    private readonly int[] _observations;
    private readonly int _count;
    private readonly double _own;
    private readonly double _other;

    /// <param name="observations">Observed values, in the order in which they were made.</param>
    /// <param name="count">Number of values.</param>
    public CategoricalKernels(IReadOnlyList<double> observations, int count)
    {
        (_observations, _count) = ([.. observations.Select(value => (int)value)], count);
        // A kernel has 1 on its own value and 1/kernels on every value, before its shares are made to add up to 1.
        var everywhere = 1.0 / (observations.Count + 1);
        var total = 1 + (count * everywhere);
        _other = everywhere / total;
        _own = _other + (1 / total);
    }

    public double Draw(int kernel, Xoshiro256 random)
    {
        var shares = new double[_count];
        Array.Fill(shares, kernel < _observations.Length ? _other : 1.0 / _count);
        if (kernel < _observations.Length) shares[_observations[kernel]] = _own;
        return Mixture.Pick(shares, random);
    }

    public void AddLogDensities(double value, Span<double> terms)
    {
        var (own, other) = (Math.Log(_own), Math.Log(_other));
        for (var kernel = 0; kernel < _observations.Length; kernel++) terms[kernel] += _observations[kernel] == (int)value ? own : other;
        terms[^1] += Math.Log(1.0 / _count);
    }
}
