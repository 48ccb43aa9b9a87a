using MusicPipeline.Reports.Findings;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class CurveShapeTests
{
    [Fact]
    public void Counts_Rises() => Assert.Equal(2, CurveShape.Rises([3, 2, 2.5, 2.5, 1, 1.1]));

    [Fact]
    public void Finds_The_First_Minimum_Among_Finite_Values()
    {
        Assert.Equal(3, CurveShape.EpochOfMinimum([3, double.NaN, 1, 1, 2]));
        Assert.Equal(0, CurveShape.EpochOfMinimum([]));
        Assert.Equal(0, CurveShape.EpochOfMinimum([double.NaN]));
    }

    [Fact]
    public void Finds_The_Epoch_That_Reaches_A_Target()
    {
        Assert.Equal(2, CurveShape.EpochsToReach([3, 2, 1], 2));
        Assert.Equal(0, CurveShape.EpochsToReach([3, 2, 1], 0.5));
    }

    [Fact]
    public void Measures_The_Fall_At_The_End()
    {
        double[] tenPercent = [.. Enumerable.Range(0, 20).Select(i => Math.Pow(0.9, i))];

        Assert.Equal(0.1, CurveShape.FallAtEnd(tenPercent), 6);
        Assert.Equal(0, CurveShape.FallAtEnd([1, 2, 3]));
        Assert.Equal(0, CurveShape.FallAtEnd([1]));
        Assert.Equal(0, CurveShape.FallAtEnd([1, 0]));
    }
}
