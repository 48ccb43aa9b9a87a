using MusicPipeline.Reports.Importance;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class ParameterImportanceTests
{
    [Fact]
    public void Finds_What_Matters_And_How_Much()
    {
        // The variance of 3a + b is nine parts a's and one part b's; c does nothing.
        var (rows, targets) = Data(400, row => (3 * row[0]) + row[1]);

        var importance = ParameterImportance.Of(rows, targets);

        Assert.InRange(importance.Shares[0], 0.8, 0.97);
        Assert.InRange(importance.Shares[1], 0.03, 0.2);
        Assert.InRange(importance.Shares[2], 0, 0.03);
        Assert.Equal(1, importance.Shares.Sum(), 9);
        Assert.InRange(importance.Explained, 0.9, 1);
    }

    [Fact]
    public void Finds_What_Matters_Only_Together()
    {
        var (rows, targets) = Data(600, row => row[0] > 0.5 == row[1] > 0.5 ? 1 : 0);

        var importance = ParameterImportance.Of(rows, targets);

        Assert.True(importance.Shares[2] < 0.1 * Math.Min(importance.Shares[0], importance.Shares[1]));
    }

    [Fact]
    public void Says_When_The_Surrogate_Explains_Nothing()
    {
        var random = new Random(1);
        var (rows, targets) = Data(200, _ => random.NextDouble());

        Assert.InRange(ParameterImportance.Of(rows, targets).Explained, -1, 0.1);
    }

    [Fact]
    public void Gives_The_Same_Shares_Again_And_None_Where_All_Is_Equal()
    {
        var (rows, targets) = Data(5000, row => row[0]);

        Assert.Equal(ParameterImportance.Of(rows, targets).Shares, ParameterImportance.Of(rows, targets).Shares);
        Assert.Equal([0, 0, 0], ParameterImportance.Of(rows, new double[rows.Length]).Shares);
    }

    private static (double[][] Rows, double[] Targets) Data(int count, Func<double[], double> target)
    {
        var random = new Random(3);
        double[][] rows =
        [
            .. Enumerable.Range(0, count).Select(_ => (double[])[random.NextDouble(), random.NextDouble(), random.NextDouble()]),
        ];
        return (rows, [.. rows.Select(target)]);
    }
}
