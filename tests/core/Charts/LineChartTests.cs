using MusicPipeline.Reports.Charts;
using Xunit;

namespace MusicPipeline.Tests.Charts;

public sealed class LineChartTests
{
    [Fact]
    public void Values_Without_A_Place_On_A_Log_Axis_Are_Left_Out()
    {
        double[] values = [1, 0, -3, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.01, 5e-324, 1e308];
        var axis = ChartAxis.Log("Loss", values);

        using var picture = new Picture(Chart(axis, values).ToPng());

        Assert.Equal((1200, 750), (picture.Width, picture.Height));
        Assert.Equal(-2, axis.Position(0.01));
        Assert.All([0, -3, double.NaN, double.PositiveInfinity], value => Assert.True(double.IsNaN(axis.Position(value))));
    }

    [Theory]
    [InlineData]
    [InlineData(double.NaN)]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.5, 0.5, 0.5)]
    public void Draws_No_Point_One_Point_And_Flat_Lines(params double[] values)
    {
        Assert.NotEmpty(Chart(ChartAxis.Log("Loss", values), values).ToPng());
        Assert.NotEmpty(Chart(ChartAxis.Linear("Accuracy", values, 0, 1), values).ToPng());
    }

    [Fact]
    public void A_Lone_Point_Has_A_Marker()
    {
        using var picture = new Picture(Chart(ChartAxis.Log("Loss", [0.5]), [0.5]).ToPng());

        // The sample in the margin has as many pixels again, so one marker alone would not reach this.
        Assert.InRange(picture.Count("#0072b2"), 150, 2000);
    }

    [Fact]
    public void A_Diverged_Line_Ends_In_A_Cross()
    {
        double[] values = [0.5, 0.4, 0.6];
        var calm = Chart(ChartAxis.Log("Loss", values), values);
        var diverged = calm with { Series = [calm.Series[0] with { Diverged = true }] };

        using var without = new Picture(calm.ToPng());
        using var with = new Picture(diverged.ToPng());

        Assert.True(with.Count("#0072b2") > without.Count("#0072b2") + 50);
    }

    [Fact]
    public void Drawing_Side_By_Side_Gives_The_Same_Bytes()
    {
        double[] values = [.. Enumerable.Range(1, 40).Select(i => 1.0 / i)];
        var expected = Chart(ChartAxis.Log("Loss", values), values).ToPng();
        var drawn = new byte[16][];

        Parallel.For(0, drawn.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            drawn[i] = Chart(ChartAxis.Log("Loss", values), values).ToPng());

        Assert.All(drawn, png => Assert.Equal(expected, png));
    }

    private static LineChart Chart(ChartAxis y, double[] values) => new(
        "Title", "Subtitle", ChartAxis.Epochs(values.Length), y,
        [new Series("Line", [.. Enumerable.Range(1, values.Length).Select(i => (double)i)], values, ChartStyle.Category(0))]);
}
