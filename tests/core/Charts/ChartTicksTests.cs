using CsCheck;
using MusicPipeline.Reports.Charts;
using Xunit;

namespace MusicPipeline.Tests.Charts;

public sealed class ChartTicksTests
{
    [Theory]
    [InlineData(0, 10, "0 2 4 6 8 10")]
    [InlineData(98.7, 99.9, "98.8 99.0 99.2 99.4 99.6 99.8")]
    [InlineData(-80, 0, "−80 −70 −60 −50 −40 −30 −20 −10 0")]
    public void Linear_Ticks_Are_Round(double min, double max, string expected) =>
        Assert.Equal(expected, string.Join(' ', MelPictureTests.Labels(ChartTicks.Linear(min, max), min, max)));

    [Theory]
    [InlineData(1, 1, "1")]
    [InlineData(1, 2, "1 2")]
    [InlineData(1, 40, "5 10 15 20 25 30 35 40")]
    public void Epochs_Are_Whole(int min, int max, string expected) =>
        Assert.Equal(expected, string.Join(' ', MelPictureTests.Labels(ChartTicks.Linear(min, max, most: 12, whole: true), min, max)));

    [Theory]
    [InlineData(-3.2, 0.2, "0.001 0.01 0.1 1")]
    [InlineData(-1.1, 0.4, "0.1 0.2 0.5 1 2")]
    [InlineData(-1.05, -0.55, "0.09 0.1 0.2")]
    [InlineData(-30, 10, "1e-30 1e-25 1e-20 1e-15 1e-10 0.00001 1 100000 1e10")]
    public void Log_Ticks_Are_Powers_Of_Ten_And_Named_Between_Where_Few(double min, double max, string expected) =>
        Assert.Equal(expected, string.Join(' ', MelPictureTests.Labels(ChartTicks.Log(min, max), min, max)));

    [Fact]
    public void No_Axis_Has_Too_Many_Ticks() =>
        Gen.Select(Gen.Double[-300, 300], Gen.Double[0.01, 600]).Sample((min, span) =>
        {
            Assert.InRange(MelPictureTests.Labels(ChartTicks.Log(min, min + span), min, min + span).Count(), 0, 12);
            Assert.InRange(MelPictureTests.Labels(ChartTicks.Linear(min, min + span), min, min + span).Count(), 1, 12);
        });
}
