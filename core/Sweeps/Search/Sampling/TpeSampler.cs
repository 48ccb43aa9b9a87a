using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>
/// The tree-structured Parzen estimator (J. Bergstra et al., Algorithms for hyper-parameter optimization, 2011), as Optuna
/// has it by default: the best tenth of the trials, 25 at most, makes one density and the rest another; of some points
/// from the first, the one whose ratio of both is highest is taken. Points that are being trained count among the rest,
/// so that workers do not all go to one place.
/// </summary>
public sealed record TpeSampler() : Sampler("tpe", "where good ones were found")
{
    private const double BestShare = 0.1;
    private const int MostBest = 25;

    // A point that was proposed before would tell nothing, since a trial is its point.
    private const int Attempts = 20;
    private const int LastAttempts = 1000;
    private const int MostListed = 100_000;

    /// <summary>Trials with a result from which on it learns; before, points are random.</summary>
    [Description("trials at random before it learns"), Range(1, Most), DefaultValue(10)]
    public int? StartupTrials { get; init; }

    /// <summary>Candidates for each point.</summary>
    [Description("candidates for each point"), Range(1, Most), DefaultValue(24)]
    public int? Candidates { get; init; }

    internal override bool Learns => true;

    /// <inheritdoc/>
    public override HyperParameters? Next(SearchSpace space, IReadOnlyList<Observation> observations, int index)
    {
        var random = RandomSampler.Generator(Seed ?? 1, index);
        var axes = space.Dimensions.Select(dimension => new TpeAxis(dimension)).ToArray();
        var known = Known(space, axes, observations);
        var learns = known.Count >= (StartupTrials ?? 10);
        var (good, others) = learns ? Densities(space, axes, known, observations) : default;
        var seen = observations.Where(observation => !observation.IsElsewhere).Select(observation => observation.Parameters).ToHashSet();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var point = learns
                ? Propose(space, axes, good, others, random)
                : RandomSampler.Draw(space, random);
            if (!seen.Contains(point)) return point;
        }

        return Unseen(space, seen, random);
    }

    /// <summary>Whether it would learn from a point.</summary>
    internal static bool IsInside(SearchSpace space, HyperParameters point) =>
        Positions(space, [.. space.Dimensions.Select(dimension => new TpeAxis(dimension))], point) is not null;

    /// <summary>Any point that was not proposed yet; null where there is none.</summary>
    private static HyperParameters? Unseen(SearchSpace space, HashSet<HyperParameters> seen, Xoshiro256 random)
    {
        if (space.Size is not <= MostListed)
        {
            // A narrow range may be used up as well, since values have no more than some digits.
            for (var i = 0; i < LastAttempts; i++)
            {
                if (RandomSampler.Draw(space, random) is var drawn && !seen.Contains(drawn)) return drawn;
            }

            return null;
        }

        var grid = new GridSampler();
        HyperParameters[] left =
        [
            .. Enumerable.Range(0, (int)space.Size).Select(i => grid.Next(space, [], i)!).Where(point => !seen.Contains(point)),
        ];
        return left.Length == 0 ? null : left[random.NextInt(left.Length)];
    }

    /// <summary>The observations with a result that lie in the space, with their positions.</summary>
    private static List<(Observation Seen, double[] Positions)> Known(
        SearchSpace space, TpeAxis[] axes, IReadOnlyList<Observation> observations)
    {
        var known = new List<(Observation, double[])>();
        foreach (var observation in observations)
        {
            if (observation.IsPending) continue;
            if (observation.State != TrialState.Diverged && observation.Score is null or double.NaN) continue;
            if (Positions(space, axes, observation.Parameters) is { } positions) known.Add((observation, positions));
        }

        return known;
    }

    /// <summary>Where a point lies along each dimension, or null where it is none of the space.</summary>
    private static double[]? Positions(SearchSpace space, TpeAxis[] axes, HyperParameters point)
    {
        var positions = new double[axes.Length];
        var values = new double[axes.Length];
        for (var i = 0; i < axes.Length; i++)
        {
            values[i] = space.Dimensions[i].Name.Get(point);
            if (axes[i].Position(values[i]) is not { } position) return null;
            positions[i] = position;
        }

        return space.Point(values) == point ? positions : null;
    }

    /// <summary>The densities of the best and of the rest.</summary>
    private static (ParzenEstimator Good, ParzenEstimator Others) Densities(
        SearchSpace space, TpeAxis[] axes, List<(Observation Seen, double[] Positions)> known, IReadOnlyList<Observation> observations)
    {
        var count = Math.Min((int)Math.Ceiling(BestShare * known.Count), MostBest);
        // Completed trials by their score, then pruned ones by how far they got.
        var best = Enumerable.Range(0, known.Count)
            .OrderBy(i => known[i].Seen.Order)
            .ThenByDescending(i => known[i].Seen.State == TrialState.Pruned ? known[i].Seen.Epochs : 0)
            .ThenByDescending(i => known[i].Seen.Score)
            .Take(count)
            .ToHashSet();
        var pending = observations.Where(observation => observation.IsPending)
            .Select(observation => Positions(space, axes, observation.Parameters))
            .OfType<double[]>();
        double[][] Part(bool good) =>
            [.. Enumerable.Range(0, known.Count).Where(i => best.Contains(i) == good).Select(i => known[i].Positions)];
        return (new ParzenEstimator(axes, Part(true)), new ParzenEstimator(axes, [.. Part(false), .. pending]));
    }

    private HyperParameters Propose(SearchSpace space, TpeAxis[] axes, ParzenEstimator good, ParzenEstimator others, Xoshiro256 random)
    {
        double[] best = [];
        var highest = double.NegativeInfinity;
        for (var i = 0; i < (Candidates ?? 24); i++)
        {
            var positions = good.Draw(random);
            var ratio = good.LogDensity(positions) - others.LogDensity(positions);
            if (i > 0 && ratio <= highest) continue;
            (best, highest) = (positions, ratio);
        }

        return space.Point([.. axes.Zip(best, (axis, position) => axis.Value(position))]);
    }
}
