using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>Every combination of values, the last dimension changing first.</summary>
public sealed class GridSampler : ISampler
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A dimension has no list of values.</exception>
    public HyperParameters? Next(SearchSpace space, IReadOnlyList<Observation> observations, int index)
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
}
