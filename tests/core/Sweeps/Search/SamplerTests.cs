using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

public sealed class SamplerTests
{
    private static readonly HyperParameters Fixed = new(0.001, 256, 20);

    private static readonly SearchSpace Mixed = SearchSpace.Of(
        new SpaceRequest
        {
            [HyperParameter.LearningRate] = ParameterRange.Between(RangeKind.LogUniform, 1e-4, 1e-1),
            [HyperParameter.HiddenUnits] = ParameterRange.Between(RangeKind.LogInteger, 4, 64),
            [HyperParameter.BatchSize] = ParameterRange.Of([32, 64, 256]),
            [HyperParameter.Epochs] = ParameterRange.Between(RangeKind.Integer, 3, 6),
            [HyperParameter.WeightDecay] = ParameterRange.Between(RangeKind.Uniform, 0, 0.1),
            [HyperParameter.Activation] = ParameterRange.Of(Activation.Tanh, Activation.Relu),
        },
        Fixed);

    public static TheoryData<Sampler> Drawing =>
        [new RandomSampler { Seed = 5 }, new SobolSampler { Seed = 5 }, new TpeSampler { Seed = 5 }];

    [Fact]
    public void A_Grid_Has_Every_Combination_Once_In_Order()
    {
        var space = SearchSpace.Of(
            new SpaceRequest
            {
                [HyperParameter.LearningRate] = ParameterRange.Of([0.1, 0.01]),
                [HyperParameter.HiddenUnits] = ParameterRange.Between(RangeKind.PowersOfTwo, 2, 8),
                [HyperParameter.Schedule] = ParameterRange.Of(LearningRateSchedule.Step, LearningRateSchedule.Constant),
            },
            Fixed);

        var points = Points(new GridSampler(), space, 100);

        Assert.Equal(12, space.Size);
        Assert.Equal(
            from rate in new[] { 0.1, 0.01 }
            from units in new[] { 2, 4, 8 }
            from schedule in new[] { LearningRateSchedule.Step, LearningRateSchedule.Constant }
            select Fixed with { LearningRate = rate, HiddenUnits = units, Schedule = schedule },
            points);
        Assert.Null(Mixed.Size);
        Assert.Throws<InvalidOperationException>(() => new GridSampler().Next(Mixed, [], 0));
    }

    [Theory]
    [MemberData(nameof(Drawing))]
    public void Draws_Fill_The_Space_As_Its_Ranges_Say(Sampler sampler)
    {
        // Without results TPE draws at random too.
        var points = Points(sampler, Mixed, 4096);

        Uniform([.. points.Select(p => Math.Log10(p.LearningRate))], -4, -1);
        Uniform([.. points.Select(p => p.WeightDecay)], 0, 0.1);
        Shares(points, p => p.BatchSize, [32, 64, 256]);
        Shares(points, p => p.Epochs, [3, 4, 5, 6]);
        Shares(points, p => p.Activation, [Activation.Tanh, Activation.Relu]);
        // The logarithm of whole numbers: as many from 4 to 16 as from 16 to 64, give or take the ends.
        Assert.InRange(points.Count(p => p.HiddenUnits <= 16) / 4096.0, 0.47, 0.57);
        Assert.Equal((4, 64), (points.Min(p => p.HiddenUnits), points.Max(p => p.HiddenUnits)));
        Assert.All(points, p => Assert.Equal((Fixed.Seed, Fixed.Schedule), (p.Seed, p.Schedule)));
    }

    [Theory]
    [MemberData(nameof(Drawing))]
    public void The_Seed_And_The_Number_Decide_The_Point(Sampler sampler)
    {
        var points = Points(sampler, Mixed, 50);

        Assert.Equal(points, Points(sampler with { Seed = 5 }, Mixed, 50));
        Assert.Equal(points[30], sampler.Next(Mixed, [], 30));
        Assert.Empty(points.Intersect(Points(sampler with { Seed = 6 }, Mixed, 50)));
        Assert.Equal(sampler is TpeSampler, sampler.Learns);
    }

    [Fact]
    public void Sobol_Points_Are_Those_Of_Joe_And_Kuo()
    {
        // The first ten points of sobol.cc with new-joe-kuo-6.21201, in its order by Gray code.
        double[][] expected =
        [
            [0, 0, 0, 0, 0, 0, 0, 0],
            [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75],
            [0.25, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25],
            [0.375, 0.375, 0.625, 0.875, 0.375, 0.125, 0.375, 0.875],
            [0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375],
            [0.625, 0.125, 0.875, 0.625, 0.625, 0.875, 0.125, 0.125],
            [0.125, 0.625, 0.375, 0.125, 0.125, 0.375, 0.625, 0.625],
            [0.1875, 0.3125, 0.9375, 0.4375, 0.5625, 0.3125, 0.4375, 0.9375],
            [0.6875, 0.8125, 0.4375, 0.9375, 0.0625, 0.8125, 0.9375, 0.4375],
        ];
        for (uint i = 0; i < expected.Length; i++)
        {
            var gray = i ^ (i >> 1);
            for (var d = 0; d < 8; d++) Assert.Equal(expected[i][d], SobolSequence.Coordinate(d, gray) / 4294967296.0);
        }
    }

    [Fact]
    public void Scrambled_Sobol_Points_Stay_In_Every_Dyadic_Box()
    {
        foreach (var scramble in (uint[])[0, 1, 0xDEADBEEF])
        {
            for (var d = 0; d < 8; d++)
            {
                var boxes = Enumerable.Range(0, 256)
                    .Select(i => SobolSequence.Scramble(SobolSequence.Coordinate(d, (uint)i), scramble) >> 24);
                Assert.Equal(256, boxes.Distinct().Count());
            }

            // The first two dimensions are a (0, 8, 2)-net: every box of area 2^-8 holds one point.
            for (var k = 0; k <= 8; k++)
            {
                var boxes = Enumerable.Range(0, 256).Select(i => (
                    (SobolSequence.Scramble(SobolSequence.Coordinate(0, (uint)i), scramble) >> 1) >> (31 - k),
                    (SobolSequence.Scramble(SobolSequence.Coordinate(1, (uint)i), ~scramble) >> 1) >> (23 + k)));
                Assert.Equal(256, boxes.Distinct().Count());
            }
        }
    }

    [Fact]
    public void Sobol_Points_Are_Spread_More_Evenly_Than_Random_Ones()
    {
        var space = SearchSpace.Of(
            new SpaceRequest
            {
                [HyperParameter.LearningRate] = ParameterRange.Between(RangeKind.Uniform, 0.00001, 1),
                [HyperParameter.WeightDecay] = ParameterRange.Between(RangeKind.Uniform, 0, 1),
            },
            Fixed);
        foreach (var seed in Enumerable.Range(1, 5))
        {
            foreach (var count in (int[])[16, 50, 128])
            {
                Assert.InRange(
                    Discrepancy(Points(new SobolSampler { Seed = seed }, space, count)),
                    0,
                    0.6 * Discrepancy(Points(new RandomSampler { Seed = seed }, space, count)));
            }
        }
    }

    private static List<HyperParameters> Points(Sampler sampler, SearchSpace space, int most)
    {
        var points = new List<HyperParameters>();
        while (points.Count < most && sampler.Next(space, [], points.Count) is { } point) points.Add(point);
        return points;
    }

    private static void Uniform(double[] values, double low, double high)
    {
        Assert.All(values, value => Assert.InRange(value, low - 1e-9, high + 1e-9));
        for (var tenth = 0; tenth < 10; tenth++)
        {
            var (from, to) = (low + (tenth * (high - low) / 10), low + ((tenth + 1) * (high - low) / 10));
            Assert.InRange(values.Count(value => value >= from && value < to) / (double)values.Length, 0.08, 0.12);
        }
    }

    private static void Shares<T>(IReadOnlyCollection<HyperParameters> points, Func<HyperParameters, T> value, T[] values)
        where T : notnull
    {
        var counts = points.CountBy(value).ToDictionary();
        Assert.Equal(values.Order(), counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count * values.Length / (double)points.Count, 0.9, 1.1));
    }

    /// <summary>The L2 star discrepancy, squared (T. Warnock, 1972).</summary>
    private static double Discrepancy(List<HyperParameters> points)
    {
        double single = 0, pairs = 0;
        foreach (var p in points)
        {
            single += (1 - (p.LearningRate * p.LearningRate)) * (1 - (p.WeightDecay * p.WeightDecay)) / 2;
            foreach (var q in points)
                pairs += (1 - Math.Max(p.LearningRate, q.LearningRate)) * (1 - Math.Max(p.WeightDecay, q.WeightDecay));
        }

        var n = (double)points.Count;
        return (1 / 9.0) - (single / n) + (pairs / n / n);
    }
}
