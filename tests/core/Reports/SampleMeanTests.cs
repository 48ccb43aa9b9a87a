using MusicPipeline.Reports.Statistics;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class SampleMeanTests
{
    // From R: t.test(x)$conf.int, and t.test(x, y)$conf.int.
    [Fact]
    public void Intervals_Are_Those_Of_The_Books()
    {
        var (one, other) = (SampleMean.Of([1, 2, 3, 4, 5]), SampleMean.Of([2, 4, 6, 8, 10]));

        Assert.Equal(3, one.Mean, 12);
        Assert.Equal(2.5, one.Variance, 12);
        Assert.Equal(1.963, one.HalfWidth, 3);
        // Welch: 5.8824 degrees of freedom.
        Assert.Equal(StudentT.Quantile(0.975, 5.8824) * Math.Sqrt(2.5), SampleMean.HalfWidthOfDifference(one, other), 3);
        Assert.True(double.IsNaN(SampleMean.Of([7]).HalfWidth));
        Assert.True(double.IsNaN(SampleMean.Of([]).Mean));
    }

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
            var interval = SampleMean.Of(values);
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
            var one = SampleMean.Of([.. Enumerable.Range(0, 5).Select(_ => Normal(random))]);
            var same = SampleMean.Of([.. Enumerable.Range(0, 7).Select(_ => Normal(random))]);
            var other = SampleMean.Of([.. Enumerable.Range(0, 7).Select(_ => 4 + (2 * Normal(random)))]);
            alarms += Differs(one, same) ? 1 : 0;
            found += Differs(one, other) ? 1 : 0;
        }

        Assert.InRange(alarms / 2000.0, 0.03, 0.07);
        Assert.InRange(found / 2000.0, 0.9, 1);
        Assert.False(Differs(SampleMean.Of([1]), SampleMean.Of([1, 2])));
        Assert.False(Differs(SampleMean.Of([1, 1]), SampleMean.Of([1, 1])));
        Assert.True(Differs(SampleMean.Of([1, 1]), SampleMean.Of([2, 2])));
    }

    private static bool Differs(SampleMean one, SampleMean other) =>
        Math.Abs(one.Mean - other.Mean) > SampleMean.HalfWidthOfDifference(one, other);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
