using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Spaces;

/// <summary>What a sweep varies and what it does not.</summary>
/// <param name="Fixed">The hyper-parameters that the space leaves as they are.</param>
/// <param name="Dimensions">The ones that vary.</param>
public sealed record SearchSpace(HyperParameters Fixed, IReadOnlyList<Dimension> Dimensions)
{
    /// <summary>The space of a request.</summary>
    /// <exception cref="InvalidOperationException">A range has a problem.</exception>
    public static SearchSpace Of(SpaceRequest request, HyperParameters fixedParameters) =>
        new(fixedParameters, [.. request.Ranges().Select(pair => new Dimension(pair.Name, pair.Range))]);

    /// <summary>Number of points; null where there is no end of them.</summary>
    public double? Size => Dimensions.Aggregate((double?)1, (product, dimension) => product * dimension.Count);

    /// <summary>A point that takes as much memory as any.</summary>
    public HyperParameters Largest() => Point([.. Dimensions.Select(dimension => dimension.Values?.Max() ?? dimension.To)]);

    /// <summary>The point with these values, one a dimension.</summary>
    public HyperParameters Point(ReadOnlySpan<double> values)
    {
        var point = Fixed;
        for (var i = 0; i < Dimensions.Count; i++) point = Dimensions[i].Name.Set(point, values[i]);
        return point;
    }

    /// <summary>The point at a position in [0, 1) along each dimension.</summary>
    public HyperParameters At(ReadOnlySpan<double> positions)
    {
        var values = new double[Dimensions.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Dimensions[i].At(positions[i]);
        return Point(values);
    }
}
