using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>The points that a request's sampler chooses from its space, where they do not depend on results.</summary>
internal static class SampledPoints
{
    private const int DrawsAPoint = 20;

    /// <summary>
    /// Distinct points in the order of the sampler: as many as were asked for, or all where there are fewer. None of a
    /// sampler that learns: it is asked while the sweep runs.
    /// </summary>
    public static IReadOnlyList<HyperParameters> Of(SweepRequest request)
    {
        var space = SpaceOf(request);
        var sampler = request.Sampler ?? Sampler.Kinds.Default;
        if (sampler.Learns) return [];
        // A request that names points alone means those.
        if (request is { Points: not null, Space: null, LearningRates: null, HiddenUnits: null }) return [];
        var wanted = request.Sampler?.Trials ?? int.MaxValue;
        var points = new List<HyperParameters>();
        var seen = new HashSet<HyperParameters>();
        for (var draw = 0; points.Count < wanted && draw < (long)wanted * DrawsAPoint; draw++)
        {
            if (sampler.Next(space, [], draw) is not { } point) break;
            if (seen.Add(point)) points.Add(point);
        }

        return points;
    }

    /// <summary>The sentence of a sweep whose space has fewer points than its sampler was asked for; null for any other.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="count">Points that were chosen; of a sampler that learns none are yet.</param>
    public static string? Shortage(SweepRequest request, int count)
    {
        if (request.Sampler?.Trials is not { } asked) return null;
        var points = request.Learns ? SpaceOf(request).Size ?? double.PositiveInfinity : count;
        return points < asked ? $"The sweep was asked for {asked:N0} points, and its space has {points:N0}." : null;
    }

    /// <summary>The space of a request, its lists of learning rates and hidden units included.</summary>
    public static SearchSpace SpaceOf(SweepRequest request)
    {
        var ranges = new List<(HyperParameter, ParameterRange)>();
        if (request.LearningRates is { } rates) ranges.Add((HyperParameter.LearningRate, ParameterRange.Of([.. rates.Distinct()])));
        if (request.HiddenUnits is { } units)
            ranges.Add((HyperParameter.HiddenUnits, ParameterRange.Of([.. units.Distinct().Select(count => (double)count)])));
        var usual = HyperParameter.Defaults;
        return SearchSpace.Of(
            new SpaceRequest([.. ranges, .. request.Space?.Ranges() ?? []]),
            usual with
            {
                Epochs = request.Epochs ?? usual.Epochs,
                BatchSize = request.BatchSize ?? usual.BatchSize,
                Seed = request.Seed ?? usual.Seed,
                RestoreBest = request.RestoredBy,
            });
    }
}
