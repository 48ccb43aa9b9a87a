using MusicPipeline.Sweeps.Search;
using MusicPipeline.Sweeps.Search.Statistics;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

public sealed class StatisticsTests
{
    // From printed tables of the distribution.
    [Theory]
    [InlineData(0.975, 1, 12.7062)]
    [InlineData(0.975, 2, 4.30265)]
    [InlineData(0.975, 4, 2.77645)]
    [InlineData(0.95, 10, 1.81246)]
    [InlineData(0.995, 30, 2.74999)]
    [InlineData(0.975, 1e6, 1.95997)]
    public void Quantiles_Are_Those_Of_The_Tables(double share, double degrees, double expected)
    {
        Assert.Equal(expected, StudentT.Quantile(share, degrees), 6e-6 * expected);
        Assert.Equal(-StudentT.Quantile(share, degrees), StudentT.Quantile(1 - share, degrees), 1e-9);
        Assert.Equal(share, StudentT.Cumulative(StudentT.Quantile(share, degrees), degrees), 1e-12);
    }

    [Fact]
    public void One_And_Two_Degrees_Have_Their_Closed_Forms()
    {
        for (var t = -50.0; t <= 50; t += 0.37)
        {
            Assert.Equal(0.5 + (Math.Atan(t) / Math.PI), StudentT.Cumulative(t, 1), 1e-13);
            Assert.Equal(0.5 + (t / (2 * Math.Sqrt(2 + (t * t)))), StudentT.Cumulative(t, 2), 1e-13);
        }

        Assert.Equal(0.5, StudentT.Cumulative(0, 7), 1e-13);
        Assert.Equal(0, StudentT.Quantile(0.5, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(1, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Cumulative(1, 0));
    }

    [Fact]
    public void An_Interval_Holds_The_True_Mean_As_Often_As_It_Says()
    {
        var random = new Random(1);
        var held = 0;
        for (var i = 0; i < 4000; i++)
        {
            var values = Enumerable.Range(0, 4).Select(_ => 3 + Normal(random)).ToArray();
            var interval = MeanInterval.Of(values);
            held += Math.Abs(interval.Mean - 3) <= interval.HalfWidth ? 1 : 0;
        }

        Assert.InRange(held / 4000.0, 0.935, 0.965);
    }

    [Fact]
    public void Noise_Is_Told_From_A_Difference()
    {
        var random = new Random(2);
        int alarms = 0, found = 0;
        for (var i = 0; i < 2000; i++)
        {
            var one = MeanInterval.Of([.. Enumerable.Range(0, 5).Select(_ => Normal(random))]);
            var same = MeanInterval.Of([.. Enumerable.Range(0, 7).Select(_ => Normal(random))]);
            var other = MeanInterval.Of([.. Enumerable.Range(0, 7).Select(_ => 4 + (2 * Normal(random)))]);
            alarms += one.IsWithinNoiseOf(same) == false ? 1 : 0;
            found += one.IsWithinNoiseOf(other) == false ? 1 : 0;
        }

        Assert.InRange(alarms / 2000.0, 0.03, 0.07);
        Assert.InRange(found / 2000.0, 0.9, 1);
        Assert.Null(MeanInterval.Of([1]).IsWithinNoiseOf(MeanInterval.Of([1, 2])));
        Assert.True(MeanInterval.Of([1, 1]).IsWithinNoiseOf(MeanInterval.Of([1, 1])));
        Assert.False(MeanInterval.Of([1, 1]).IsWithinNoiseOf(MeanInterval.Of([2, 2])));
    }

    [Fact]
    public void A_Single_Value_Has_No_Interval()
    {
        Assert.Equal(new MeanInterval(0.5, null, 0, 1), MeanInterval.Of([0.5]));
        Assert.Throws<ArgumentException>(() => MeanInterval.Of([]));
        var three = MeanInterval.Of([1, 2, 3]);
        Assert.Equal((2.0, 1.0, 3), (three.Mean, three.Deviation, three.Count));
        Assert.Equal(4.30265 / Math.Sqrt(3), three.HalfWidth!.Value, 1e-4);
    }

    [Fact]
    public void The_Trials_Of_A_Point_Are_One_Observation()
    {
        var (a, b, c, d) = (new HyperParameters(0.1, 4, 9), new HyperParameters(0.2, 4, 9), new HyperParameters(0.3, 4, 9), new HyperParameters(0.4, 4, 9));

        var points = RepeatedObservations.Average(
            [
                new(b with { Seed = 2 }, ObservationState.Completed, 0.5, 9), new(a, ObservationState.Completed, 0.8, 9),
                new(b with { Seed = 3 }, ObservationState.Pruned, 0.25, 3), new(a with { Seed = 2 }, ObservationState.Completed, 0.6, 9),
                new(c, ObservationState.Diverged), new(c with { Seed = 2 }, ObservationState.Completed, 0.6, 9),
                new(d, ObservationState.Pending), new(d with { Seed = 2 }, ObservationState.Diverged),
            ],
            seed: 1);

        Assert.Equal(
            [
                new(b, ObservationState.Pruned, 0.375, 3), new(a, ObservationState.Completed, 0.7, 9),
                new(c, ObservationState.Diverged), new(d, ObservationState.Pending),
            ],
            points.Select(point => point with { Score = point.Score is { } score ? Math.Round(score, 9) : null }));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
