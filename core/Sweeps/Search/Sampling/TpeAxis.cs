using MusicPipeline.Sweeps.Search.Spaces;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>
/// A dimension as the estimators see it: a range on the scale that it is uniform on; numbers of a list by their rank,
/// since a list says which steps matter; names by their position.
/// </summary>
internal sealed class TpeAxis
{
    private readonly Dimension _dimension;
    private readonly double[] _sorted;

    public TpeAxis(Dimension dimension)
    {
        _dimension = dimension;
        _sorted = dimension.Values is { } values ? [.. values.Order()] : [];
    }

    /// <summary>The position of a value, or null where it lies outside of the dimension.</summary>
    public double? Position(double value)
    {
        if (_dimension.Values is null)
            return value >= _dimension.From && value <= _dimension.To ? _dimension.Scale(value) : null;
        return Array.BinarySearch(_sorted, value) is >= 0 and var rank ? rank : null;
    }

    /// <summary>The value of a position.</summary>
    public double Value(double position) =>
        _dimension.Values is null ? _dimension.Unscale(position) : _sorted[(int)position];

    /// <summary>The kernels of some positions.</summary>
    public IKernels Kernels(IReadOnlyList<double> positions)
    {
        if (_dimension.Values is null)
        {
            var (low, high) = _dimension.Bounds;
            return new NumericalKernels(positions, low, high, _dimension.IsInteger && !_dimension.IsLogarithmic);
        }

        return _dimension.IsCategorical
            ? new CategoricalKernels(positions, _sorted.Length)
            : new NumericalKernels(positions, -0.5, _sorted.Length - 0.5, discrete: true);
    }
}
