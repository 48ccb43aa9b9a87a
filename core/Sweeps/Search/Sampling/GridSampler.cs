using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>Every combination of values, the last dimension changing first.</summary>
public sealed record GridSampler() : Sampler("grid", "all of them")
{
    internal override bool IsOrdered => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A dimension has no list of values.</exception>
    public override HyperParameters? Next(SearchSpace space, IReadOnlyList<Observation> observations, int index)
    {
        var dimensions = space.Dimensions;
        var values = new double[dimensions.Count];
        for (var i = dimensions.Count - 1; i >= 0; i--)
        {
            var count = (int)(dimensions[i].Count
                ?? throw new InvalidOperationException($"A grid needs values of {dimensions[i].Name}, not a range."));
            values[i] = dimensions[i].Values?[index % count] ?? dimensions[i].From + (index % count);
            index /= count;
        }

        return index == 0 ? space.Point(values) : null;
    }

    internal override void Check(SpaceRequest? space)
    {
        if (Trials is not null) throw Without("trials").At($"{Role}.trials");
        if (Seed is not null) throw Without("seed").At($"{Role}.seed");
        foreach (var (parameter, range) in space?.Ranges() ?? [])
        {
            if (range.Count() is not null) continue;
            throw new InputException(
                $"the space's {parameter.Name} is a range, and a grid needs values",
                "list them, or choose the sampler random, sobol or tpe")
            {
                Field = $"space.{parameter.Name}",
            };
        }
    }
}
