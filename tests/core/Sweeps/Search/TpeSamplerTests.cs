using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

public sealed class TpeSamplerTests
{
    private static readonly HyperParameters Fixed = new(0.001, 256, 20);

    private static readonly SearchSpace Space = SearchSpace.Of(
        new SpaceRequest
        {
            [HyperParameter.LearningRate] = ParameterRange.Between(RangeKind.LogUniform, 1e-5, 1),
            [HyperParameter.HiddenUnits] = ParameterRange.Between(RangeKind.PowersOfTwo, 4, 1024),
            [HyperParameter.BatchSize] = ParameterRange.Between(RangeKind.Integer, 16, 256),
            [HyperParameter.Activation] = ParameterRange.Of(Activation.Sigmoid, Activation.Tanh, Activation.Relu),
        },
        Fixed);

    [Fact]
    public void Finds_Better_Points_Than_Chance()
    {
        var wins = 0;
        double tpe = 0, random = 0;
        for (var seed = 1; seed <= 10; seed++)
        {
            var learned = Best(new TpeSampler { Seed = seed }, 60);
            var drawn = Best(new RandomSampler { Seed = seed }, 60);
            wins += learned > drawn ? 1 : 0;
            tpe += learned / 10;
            random += drawn / 10;
        }

        Assert.InRange(wins, 8, 10);
        Assert.True(tpe > 0.6 * random, $"{tpe} against {random}; 0 is perfect");
    }

    [Fact]
    public void Draws_Where_The_Best_Were()
    {
        var observations = Enumerable.Range(0, 40)
            .Select(i => Seen(i % 10 == 0 ? 0.01 : 0.3, i % 10 == 0 ? 64 : 8, i % 10 == 0 ? 0.9 : 0.5 + (i * 0.001)))
            .ToArray();

        var points = Enumerable.Range(0, 200).Select(i => new TpeSampler { Seed = 3 }.Next(Space, observations, i)!).ToArray();

        Assert.True(points.Count(p => p.LearningRate is > 0.003 and < 0.03) > 120);
        Assert.True(points.Count(p => p.HiddenUnits is 32 or 64 or 128) > 120);
        Assert.All(points, p => Assert.InRange(p.BatchSize, 16, 256));
        Assert.All(points, p => Assert.InRange(p.LearningRate, 1e-5, 1));
    }

    [Fact]
    public void Learns_From_Pruned_And_Diverged_Trials_And_Not_From_Foreign_Ones()
    {
        Observation[] pruned = [.. Enumerable.Range(0, 30).Select(i => new Observation(
            Fixed with { LearningRate = i % 10 == 0 ? 0.001 : 0.1, HiddenUnits = 64, BatchSize = 32 + i },
            i % 7 == 6 ? TrialState.Diverged : TrialState.Pruned, i % 7 == 6 ? null : 0.5, i % 10 == 0 ? 9 : 3))];
        Observation[] foreign =
        [
            .. pruned.Select(o => o with { Parameters = o.Parameters with { Epochs = 30 } }),
            .. pruned.Select(o => o with { Parameters = o.Parameters with { HiddenUnits = 65 } }),
            .. pruned.Select(o => o with { Score = double.NaN, State = TrialState.Completed }),
        ];
        var sampler = new TpeSampler { Seed = 1 };

        var points = Enumerable.Range(0, 100).Select(i => sampler.Next(Space, pruned, i)!.LearningRate).ToArray();

        // Away from where the trials that got less far were.
        Assert.InRange(points.Count(rate => rate < 0.02), 80, 100);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => sampler.Next(Space, [], i)),
            Enumerable.Range(0, 20).Select(i => sampler.Next(Space, foreign, i)));
        Assert.NotEqual(sampler.Next(Space, [], 0), sampler.Next(Space, pruned, 0));
    }

    [Fact]
    public void Proposes_Every_Point_Of_A_Small_Space_Once()
    {
        var space = SearchSpace.Of(
            new SpaceRequest
            {
                [HyperParameter.HiddenUnits] = ParameterRange.Of([4, 8, 16, 32]),
                [HyperParameter.Activation] = ParameterRange.Of(Activation.Sigmoid, Activation.Relu),
            },
            Fixed);
        var sampler = new TpeSampler { Seed = 2, StartupTrials = 3 };
        var observations = new List<Observation>();

        for (var i = 0; i < 8; i++)
        {
            var point = sampler.Next(space, observations, i)!;
            observations.Add(new Observation(
                point, i % 2 == 0 ? TrialState.Completed : TrialState.Waiting, i % 2 == 0 ? point.HiddenUnits : null));
        }

        Assert.Equal(8, observations.Select(o => o.Parameters).Distinct().Count());
        Assert.Null(sampler.Next(space, observations, 8));
    }

    [Fact]
    public void A_Range_That_Is_Used_Up_Has_No_More_Points()
    {
        var space = SearchSpace.Of(new SpaceRequest
        {
            [HyperParameter.WeightDecay] = ParameterRange.Between(RangeKind.Uniform, 0.1, 0.1000001),
        }, Fixed);
        Observation[] all =
        [
            .. new[] { 0.1, 0.1000001 }.Select(decay => new Observation(Fixed with { WeightDecay = decay }, TrialState.Waiting)),
        ];

        Assert.Null(new TpeSampler { Seed = 1 }.Next(space, all, 2));
    }

    [Theory]
    [InlineData(-8, 0)]
    [InlineData(-3, 0.0013498980316300946)]
    [InlineData(-1, 0.15865525393145705)]
    [InlineData(0, 0.5)]
    [InlineData(1.96, 0.9750021048517795)]
    [InlineData(6, 0.9999999990134123)]
    public void The_Normal_Distribution_Is_Right(double x, double expected) =>
        Assert.Equal(expected, NormalDistribution.Cumulative(x), 1e-14);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Densities_Add_Up_To_One_And_Draws_Follow_Them(bool discrete)
    {
        double[] seen = discrete ? [0, 0, 3, 7, 9, 9] : [0.1, 0.2, 3, 3.1, 8.9];
        var (low, high) = discrete ? (-0.5, 9.5) : (0.0, 9.0);
        var range = discrete
            ? ParameterRange.Of([.. Enumerable.Range(0, 10).Select(i => (double)i)])
            : ParameterRange.Between(RangeKind.Uniform, low, high);
        var axis = new TpeAxis(new Dimension(HyperParameter.WeightDecay, range));
        var density = new ParzenEstimator([axis], [.. seen.Select(value => (double[])[value])]);
        var random = new Xoshiro256(1, 0);
        var draws = Enumerable.Range(0, 20_000).Select(_ => density.Draw(random)[0]).ToArray();

        double total = 0;
        var step = discrete ? 1 : 0.001;
        for (var x = low + (step / 2); x < high; x += step) total += Math.Exp(density.LogDensity([x])) * step;

        Assert.Equal(1, total, discrete ? 1e-12 : 1e-4);
        Assert.All(draws, draw => Assert.InRange(draw, low, high));
        for (var x = low; x < high; x++)
        {
            double expected = 0;
            for (var y = x + (step / 2); y < Math.Min(x + 1, high); y += step) expected += Math.Exp(density.LogDensity([y])) * step;
            Assert.Equal(expected, draws.Count(draw => draw >= x && draw < x + 1) / 20_000.0, 0.015);
        }
    }

    [Fact]
    public void What_Goes_Together_Stays_Together()
    {
        var list = new TpeAxis(
            new Dimension(HyperParameter.WeightDecay, ParameterRange.Of([.. Enumerable.Range(0, 10).Select(i => (double)i)])));
        var names = new TpeAxis(new Dimension(HyperParameter.Activation, ParameterRange.Of([0, 1, 2])));
        var density = new ParzenEstimator([list, names], [[0, 0], [0, 0], [9, 2]]);

        Assert.Equal(1, Enumerable.Range(0, 30).Sum(i => Math.Exp(density.LogDensity([i / 3, i % 3]))), 1e-12);
        Assert.True(density.LogDensity([9, 2]) > density.LogDensity([9, 0]));
        Assert.True(density.LogDensity([0, 0]) > density.LogDensity([0, 2]));
        var random = new Xoshiro256(1, 0);
        var draws = Enumerable.Range(0, 20_000).Select(_ => density.Draw(random)).ToArray();
        Assert.Equal(Math.Exp(density.LogDensity([9, 2])), draws.Count(draw => draw is [9, 2]) / 20_000.0, 0.01);
    }

    [Fact]
    public void Older_Trials_Weigh_Less()
    {
        var weights = Mixture.Weights(100);

        Assert.Equal(1, weights.Sum(), 1e-12);
        Assert.Equal(0.01, weights[0] / weights[^1], 1e-12);
        Assert.All(weights[75..], weight => Assert.Equal(weights[^1], weight));
        Assert.Equal(weights[..75].Order(), weights[..75]);
        Assert.Equal([0.25, 0.25, 0.25, 0.25], Mixture.Weights(3));
    }

    private static Observation Seen(double rate, int units, double score) =>
        new(Fixed with { LearningRate = rate, HiddenUnits = units }, TrialState.Completed, score, 20);

    private static double Best(Sampler sampler, int trials)
    {
        var observations = new List<Observation>();
        for (var i = 0; i < trials; i++)
        {
            var point = sampler.Next(Space, observations, i)!;
            observations.Add(new Observation(point, TrialState.Completed, Score(point), 20));
        }

        return observations.Max(o => o.Score!.Value);
    }

    // A bowl around a rate of 0.004, 256 units, batches of 64 and ReLU; the best is 0.
    private static double Score(HyperParameters p) =>
        -Math.Pow(Math.Log10(p.LearningRate / 0.004), 2)
        - (0.2 * Math.Pow(Math.Log2(p.HiddenUnits / 256.0), 2))
        - Math.Pow((p.BatchSize - 64) / 100.0, 2)
        - (p.Activation == Activation.Relu ? 0 : 0.5);
}
