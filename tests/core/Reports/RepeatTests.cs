using MusicPipeline.Reports;
using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class RepeatTests
{
    [Fact]
    public void Says_What_Lies_Within_The_Noise_Between_Seeds()
    {
        var markdown = SweepReport.Markdown(SyntheticSweep.Repeated(), []);

        Assert.Contains(
            "- Over 5 seeds learning rate 0.001 comes to 98.00% ± 0.29 validation accuracy (mean and 95% interval).\n", markdown);
        Assert.Contains(
            "within the noise between seeds (95% by Welch's t test) for learning rate 0.002: these points cannot be told apart.\n",
            markdown);
        Assert.Contains("| **0.001** | **5** | **98.00%** | **± 0.29** | **97.70%** | **98.30%** | **0.1900** |  |\n", markdown);
        Assert.Contains("| 0.002 | 5 | 97.97% | ± 0.29 | 97.67% | 98.27% | 0.1900 | within noise |\n", markdown);
        Assert.Contains("| 0.1 | 5 | 90.00% | ± 0.29 | 89.70% | 90.30% | 0.1900 | lower |\n", markdown);
        Assert.Contains(
            "It is the best of 5 seeds of the point with the highest mean validation accuracy, 98.00% ± 0.29; "
            + "expect the mean of another training.", markdown);
    }

    [Fact]
    public void The_Winner_Is_The_Best_Of_The_Point_With_The_Highest_Mean()
    {
        var steady = new[] { 0.95, 0.951, 0.952 }.Select((accuracy, i) => Trial(0.001, i, accuracy));
        var lucky = new[] { 0.90, 0.89, 0.97 }.Select((accuracy, i) => Trial(0.1, i, accuracy));

        var winner = Winner.Of(steady.Concat(lucky))!;

        Assert.Equal((0.001, 2), (winner.Trial.Parameters.LearningRate, winner.Trial.Parameters.Seed));
    }

    [Fact]
    public void Charts_Show_Means_With_Their_Intervals()
    {
        var charts = SweepCharts.Draw(SyntheticSweep.Repeated());

        var accuracy = charts.Single(chart => chart.FileName == "learning-rate-accuracy.png");
        Assert.Contains("0.001: 98.00% ± 0.29, 0.002: 97.97% ± 0.29", accuracy.Description, StringComparison.Ordinal);
        Assert.Equal([98.0, 97.97, 95.0, 90.0], accuracy.Data!.Lines[1].Y.Select(value => Math.Round(value!.Value, 3)));
    }

    [Fact]
    public void One_Point_With_Several_Seeds_Has_All_Its_Curves()
    {
        var trials = new[] { 0.95, 0.951, 0.952 }.Select((accuracy, i) => Trial(0.001, i, accuracy)).ToArray();
        var sweep = SyntheticSweep.Of(null, trials, ("grid", trials));

        Assert.Equal(["grid-training-loss.png", "grid-validation-loss.png"], SweepCharts.Draw(sweep).Select(chart => chart.FileName));
        Assert.Contains("Over 3 seeds the point comes to 95.10% ± 0.25", SweepReport.Markdown(sweep, []));
    }

    [Fact]
    public void Curves_Of_Folds_Are_Named_By_Fold()
    {
        var folds = ValidationRule.InFolds(3).OfTrials();
        FinishedTrial[] one = [.. folds.Select((fold, i) => Trial(0.001, 1, 0.95 + (0.001 * i), fold))];
        FinishedTrial[] two = [.. one, .. folds.Select((fold, i) => Trial(0.01, 1, 0.9 + (0.001 * i), fold))];

        var alone = Chart(
            SyntheticSweep.Of(null, one, ("grid", one)) with { Validation = ValidationRule.InFolds(3) }, "grid-training-loss.png");
        var both = Chart(
            SyntheticSweep.Of(null, two, ("grid", two)) with { Validation = ValidationRule.InFolds(3) }, "grid-training-loss.png");

        Assert.Equal(["fold 1", "fold 2", "fold 3"], alone.Data!.Lines.Select(line => line.Name));
        Assert.Equal(("Training loss by fold", "Fold"), (alone.Title, alone.Data.Heading));
        Assert.Equal(["0.001 / fold 1", "0.001 / fold 2"], both.Data!.Lines.Select(line => line.Name).Take(2));
        Assert.Equal("Training loss by learning rate and fold", both.Title);
        Assert.Contains("0.01 / fold 3 ends at 0.2000", both.Description, StringComparison.Ordinal);
    }

    private static Chart Chart(SweepResults sweep, string file) => SweepCharts.Draw(sweep).Single(chart => chart.FileName == file);

    private static FinishedTrial Trial(double rate, int seed, double accuracy, ValidationRule? validation = null) => SyntheticSweep.Trial(
        new HyperParameters(rate, 8, 2, Seed: seed), SyntheticSweep.History([0.5, 0.2], [0.6, 0.3], accuracy), validation: validation);
}
