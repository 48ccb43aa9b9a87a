using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>Shares of the values 0 to count - 1: the one observed mixed with a little of all, and a flat prior.</summary>
internal sealed class CategoricalKernels : IKernels
{
    private readonly double[][] _shares;

    /// <param name="observations">Observed values, in the order in which they were made.</param>
    /// <param name="count">Number of values.</param>
    public CategoricalKernels(IReadOnlyList<double> observations, int count)
    {
        // A kernel has 1 on its own value and 1/kernels on every value, before its shares are made to add up to 1.
        var everywhere = 1.0 / (observations.Count + 1);
        var total = 1 + (count * everywhere);
        _shares = new double[observations.Count + 1][];
        for (var kernel = 0; kernel < observations.Count; kernel++)
        {
            _shares[kernel] = new double[count];
            Array.Fill(_shares[kernel], everywhere / total);
            _shares[kernel][(int)observations[kernel]] += 1 / total;
        }

        _shares[^1] = new double[count];
        Array.Fill(_shares[^1], 1.0 / count);
    }

    public double Draw(int kernel, Xoshiro256 random) => Mixture.Pick(_shares[kernel], random);

    public double LogDensity(int kernel, double value) => Math.Log(_shares[kernel][(int)value]);
}
