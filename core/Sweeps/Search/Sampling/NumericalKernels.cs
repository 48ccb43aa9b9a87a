using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>
/// Normal distributions, cut off at the bounds, one around each observation and a wide one for the prior. Each is as wide
/// as the distance to its farther neighbour, within limits, as in Optuna.
/// </summary>
internal sealed class NumericalKernels : IKernels
{
    private readonly double _low;
    private readonly double _high;
    private readonly bool _discrete;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly double[] _logDeviations;
    private readonly double[] _logMasses;

    // Of whole numbers many candidates share a value, and what it comes to takes two series a kernel.
    private readonly Dictionary<double, double[]> _ofWholeNumbers = [];

    /// <param name="observations">Observed values, in the order in which they were made.</param>
    /// <param name="low">Lower bound.</param>
    /// <param name="high">Upper bound.</param>
    /// <param name="discrete">Whether values are whole numbers, with the bounds half a unit beyond them.</param>
    public NumericalKernels(IReadOnlyList<double> observations, double low, double high, bool discrete)
    {
        (_low, _high, _discrete) = (low, high, discrete);
        _means = [.. observations, (low + high) / 2];
        _deviations = [.. Deviations(observations, low, high), high - low];
        _logDeviations = [.. _deviations.Select(deviation => Math.Log(deviation))];
        _logMasses = [.. _means.Select((_, kernel) => Math.Log(Mass(kernel, low, high)))];
    }

    public double Draw(int kernel, Xoshiro256 random)
    {
        double value;
        // Means lie within the bounds and deviations are no wider than they are, so that about every third draw or more is inside.
        do value = _means[kernel] + (_deviations[kernel] * NormalDistribution.Draw(random));
        while (!(value >= _low && value <= _high));
        return _discrete ? Math.Clamp(Math.Round(value), _low + 0.5, _high - 0.5) : value;
    }

    public void AddLogDensities(double value, Span<double> terms)
    {
        if (!_discrete)
        {
            for (var kernel = 0; kernel < terms.Length; kernel++)
            {
                var distance = (value - _means[kernel]) / _deviations[kernel];
                terms[kernel] += NormalDistribution.LogDensity(distance) - _logDeviations[kernel] - _logMasses[kernel];
            }

            return;
        }

        if (!_ofWholeNumbers.TryGetValue(value, out var densities))
        {
            densities = [.. _means.Select((_, kernel) => Math.Log(Mass(kernel, value - 0.5, value + 0.5)) - _logMasses[kernel])];
            _ofWholeNumbers.Add(value, densities);
        }

        for (var kernel = 0; kernel < terms.Length; kernel++) terms[kernel] += densities[kernel];
    }

    private static double[] Deviations(IReadOnlyList<double> means, double low, double high)
    {
        var order = Enumerable.Range(0, means.Count).OrderBy(i => means[i]).ToArray();
        var widest = high - low;
        var narrowest = widest / Math.Min(100, 2 + means.Count);
        var deviations = new double[means.Count];
        for (var rank = 0; rank < order.Length; rank++)
        {
            var mean = means[order[rank]];
            var below = mean - (rank > 0 ? means[order[rank - 1]] : low);
            var above = (rank < order.Length - 1 ? means[order[rank + 1]] : high) - mean;
            // The bounds are no neighbours where there are real ones.
            if (means.Count > 1 && rank == 0) below = above;
            if (means.Count > 1 && rank == order.Length - 1) above = below;
            deviations[order[rank]] = Math.Clamp(Math.Max(below, above), narrowest, widest);
        }

        return deviations;
    }

    private double Mass(int kernel, double from, double to) =>
        NormalDistribution.Cumulative((to - _means[kernel]) / _deviations[kernel])
        - NormalDistribution.Cumulative((from - _means[kernel]) / _deviations[kernel]);
}
