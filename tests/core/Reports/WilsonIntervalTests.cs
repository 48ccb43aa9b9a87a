using CsCheck;
using MusicPipeline.Reports.Findings;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class WilsonIntervalTests
{
    // From R: prop.test(x, n, correct = FALSE).
    [Theory]
    [InlineData(50, 100, 0.4038315, 0.5961685)]
    [InlineData(0, 10, 0, 0.2775328)]
    [InlineData(10, 10, 0.7224672, 1)]
    [InlineData(81, 263, 0.2552540, 0.3662012)]
    public void Is_The_Interval_Of_The_Books(int right, int rows, double low, double high)
    {
        var interval = WilsonInterval.Of((double)right / rows, rows);

        Assert.Equal(low, interval.Low, 3);
        Assert.Equal(high, interval.High, 3);
    }

    [Fact]
    public void Holds_The_Share_And_Narrows_With_Rows() =>
        Gen.Select(Gen.Int[0, 500], Gen.Int[1, 500]).Where((right, rows) => right <= rows).Sample((right, rows) =>
    {
        var share = (double)right / rows;
        var (one, more) = (WilsonInterval.Of(share, rows), WilsonInterval.Of(share, rows * 4));

        Assert.InRange(share, one.Low - 1e-12, one.High + 1e-12);
        Assert.InRange(more.High - more.Low, 0, one.High - one.Low);
        Assert.True(one.Low >= 0 && one.High <= 1);
    });
}
