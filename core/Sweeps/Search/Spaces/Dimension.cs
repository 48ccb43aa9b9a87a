using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Spaces;

/// <summary>One hyper-parameter of a space, as samplers see it: some values, or all numbers between two.</summary>
public sealed class Dimension
{
    private const int SignificantDigits = 5;

    private readonly double _low;
    private readonly double _high;

    /// <exception cref="InvalidOperationException">The range has a problem; see <see cref="ParameterRange.Problem"/>.</exception>
    public Dimension(HyperParameter name, ParameterRange range)
    {
        if (range.Problem() is { } problem) throw new InvalidOperationException($"{name} {problem}.");
        Name = name;
        IsLogarithmic = range.Kind is RangeKind.LogUniform or RangeKind.LogInteger;
        IsInteger = range.Kind is RangeKind.Integer or RangeKind.LogInteger;
        (From, To) = (range.From, range.To);
        Count = range.Count();
        if (range.Kind is RangeKind.List or RangeKind.Steps or RangeKind.PowersOfTwo) Values = range.ToList();

        // Whole numbers fill half a unit on both sides, so that the ends are as likely as the others.
        var margin = IsInteger ? 0.5 : 0;
        (_low, _high) = (Scale(From - margin), Scale(To + margin));
    }

    /// <summary>The hyper-parameter.</summary>
    public HyperParameter Name { get; }

    /// <summary>The values, in the order of the request; null for a range.</summary>
    public IReadOnlyList<double>? Values { get; }

    /// <summary>How many values there are; null where any number will do.</summary>
    public double? Count { get; }

    /// <summary>Lowest value of a range.</summary>
    public double From { get; }

    /// <summary>Highest value of a range.</summary>
    public double To { get; }

    /// <summary>Whether a range is one of whole numbers.</summary>
    public bool IsInteger { get; }

    /// <summary>Whether a range is uniform in the logarithm.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Whether near values say nothing of each other.</summary>
    public bool IsCategorical => Name.IsCategorical;

    /// <summary>Ends of a range on the scale that it is uniform on, those of whole numbers half a unit further out.</summary>
    internal (double Low, double High) Bounds => (_low, _high);

    /// <summary>The value at a position in [0, 1): uniform positions give uniform values.</summary>
    public double At(double position) => Values is { } values
        ? values[Math.Clamp((int)(position * values.Count), 0, values.Count - 1)]
        : Unscale(_low + (position * (_high - _low)));

    /// <summary>A value of the range on the scale that it is uniform on.</summary>
    internal double Scale(double value) => IsLogarithmic ? Math.Log(value) : value;

    /// <summary>The reverse of <see cref="Scale"/>, rounded to what the range holds: more digits would tell nothing.</summary>
    internal double Unscale(double scaled)
    {
        var value = IsLogarithmic ? Math.Exp(scaled) : scaled;
        value = IsInteger ? Math.Round(value) : double.Parse(value.ToString("G" + SignificantDigits));
        return Math.Clamp(value, From, To);
    }
}
