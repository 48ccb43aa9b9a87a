using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Live;

public sealed class GrowingCurveTests
{
    [Fact]
    public void Keeps_A_Short_Run_Whole()
    {
        var curve = Grow(GrowingCurve.MostPoints);

        Assert.Equal(Enumerable.Range(1, GrowingCurve.MostPoints), curve.Epoch);
        Assert.Equal(curve.Epoch.Select(epoch => 1.0 / epoch), curve.Loss);
    }

    [Theory]
    [InlineData(257)]
    [InlineData(1000)]
    [InlineData(10_000)]
    public void Thins_Out_The_Beginning_Of_A_Long_One(int epochs)
    {
        var curve = Grow(epochs);

        Assert.InRange(curve.Epoch.Length, GrowingCurve.MostPoints / 2, GrowingCurve.MostPoints);
        Assert.Equal(1, curve.Epoch[0]);
        Assert.Equal(Enumerable.Range(epochs - 99, 100), curve.Epoch[^100..]);
        Assert.All(curve.Epoch.Zip(curve.Epoch.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.Equal(curve.Epoch.Select(epoch => (double)epoch), curve.ValidationAccuracy);
    }

    [Fact]
    public void Tells_What_Came_After_An_Epoch()
    {
        var points = Grow(5).After(3, "abc", 9).ToArray();

        Assert.Equal([new EpochEvent("abc", 4, 9, 0.25, 0.5, 4, 4), new EpochEvent("abc", 5, 9, 0.2, 0.5, 5, 5)], points);
    }

    private static TrialCurve Grow(int epochs)
    {
        var curve = new GrowingCurve();
        for (var epoch = 1; epoch <= epochs; epoch++) curve.Add(epoch, new EpochMetrics(1.0 / epoch, 0.5, epoch, epoch));
        return curve.Copy();
    }
}
