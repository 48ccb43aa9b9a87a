using MusicPipeline.Local.Progress;
using Xunit;

namespace MusicPipeline.Tests.Local.Progress;

public sealed class SparklineTests
{
    [Theory]
    [InlineData(new double[0], "")]
    [InlineData(new[] { 0.5 }, "▁")]
    [InlineData(new[] { 2.0, 2.0 }, "▁▁")]
    [InlineData(new[] { 1000.0, 100, 10, 1 }, "█▆▃▁")]
    [InlineData(new[] { 8.0, double.NaN, double.PositiveInfinity, 0, -1, 1 }, "█▁")]
    public void Draws_A_Curve_On_A_Logarithmic_Scale(double[] values, string line) => Assert.Equal(line, Sparkline.Of(values, 40));

    [Fact]
    public void Is_Never_Wider_Than_Its_Place()
    {
        var line = Sparkline.Of([.. Enumerable.Range(0, 1000).Select(epoch => Math.Exp(-epoch / 100.0))], 8);

        Assert.Equal("█▇▆▅▄▃▂▁", line);
    }
}
