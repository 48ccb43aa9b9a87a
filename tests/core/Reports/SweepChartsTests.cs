using MusicPipeline.Reports;
using MusicPipeline.Reports.Results;
using MusicPipeline.Tests.Charts;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class SweepChartsTests
{
    [Fact]
    public void The_Lab_Has_The_Charts_Of_The_Lab()
    {
        var charts = SweepCharts.Draw(SyntheticSweep.Lab());

        Assert.Equal(
            [
                "baseline-accuracy.png", "baseline-loss.png",
                "learning-rate-training-loss.png", "learning-rate-accuracy.png",
                "hidden-units-training-loss.png", "hidden-units-validation-loss.png", "hidden-units-accuracy.png",
            ],
            charts.Select(c => c.FileName));
        Assert.All(charts, chart =>
        {
            using var picture = new Picture(chart.Png);
            Assert.Equal((1200, 750), (picture.Width, picture.Height));
            Assert.EndsWith(".", chart.Description);
        });
    }

    [Fact]
    public void All_Four_Learning_Rates_Are_On_One_Chart()
    {
        var chart = SweepCharts.Draw(SyntheticSweep.Lab()).Single(c => c.FileName == "learning-rate-training-loss.png");

        using var picture = new Picture(chart.Png);
        Assert.All(["#0072b2", "#d55e00", "#009e73", "#cc79a7"], colour => Assert.True(picture.Count(colour) > 500, colour));
        Assert.Contains("0.0001 ends at", chart.Description);
    }

    [Fact]
    public void A_Grid_Has_A_Table_Of_Accuracies_And_Curves() => Assert.Equal(
        ["grid-accuracy.png", "grid-training-loss.png", "grid-validation-loss.png", "grid-accuracy-by-hidden-units.png"],
        SweepCharts.Draw(SyntheticSweep.Grid([0.001, 0.01, 1], [8, 64])).Select(c => c.FileName));

    [Fact]
    public void A_Grid_Draws_Only_What_Varies()
    {
        Assert.Equal(
            ["grid-training-loss.png", "grid-accuracy.png"],
            SweepCharts.Draw(SyntheticSweep.Grid([0.001, 0.01], [8])).Select(c => c.FileName));
        Assert.Equal(
            ["grid-training-loss.png", "grid-validation-loss.png", "grid-accuracy.png"],
            SweepCharts.Draw(SyntheticSweep.Grid([0.001], [8, 16])).Select(c => c.FileName));
        Assert.Equal(
            ["grid-accuracy.png", "grid-loss.png"],
            SweepCharts.Draw(SyntheticSweep.Grid([0.001], [8])).Select(c => c.FileName));
    }

    [Fact]
    public void One_Epoch_Of_One_Trial_Is_A_Chart_With_Markers()
    {
        var charts = SweepCharts.Draw(SyntheticSweep.Grid([0.001], [8], epochs: 1));

        Assert.Equal(2, charts.Count);
        Assert.All(charts, chart =>
        {
            using var picture = new Picture(chart.Png);
            Assert.True(picture.Count("#0072b2") > 150);
        });
    }

    [Fact]
    public void Diverged_Trials_Are_Named_And_Spoil_No_Axis()
    {
        FinishedTrial[] trials =
        [
            Diverged(1000), Diverged(100, double.NaN), Diverged(10, 0.5, double.PositiveInfinity), Diverged(1, 0.9, 1e300),
            SyntheticSweep.Trial(new HyperParameters(0.001, 8, 3), SyntheticSweep.History(0.5, 0.2, 0)),
        ];

        var charts = SweepCharts.Draw(SyntheticSweep.Of("learning-rate", trials, ("learning-rate", trials)));

        Assert.Equal(2, charts.Count);
        Assert.Contains("10 diverges in epoch 2", charts[0].Description);
        Assert.All(charts, chart => Assert.NotEmpty(chart.Png));
    }

    [Fact]
    public void A_Study_Without_Any_Epoch_Has_No_Chart_And_No_Error()
    {
        FinishedTrial[] trials = [Diverged(1000), Diverged(100)];
        Assert.Empty(SweepCharts.Draw(SyntheticSweep.Of("learning-rate", trials, ("learning-rate", trials))));
        Assert.Empty(SweepCharts.Draw(SyntheticSweep.Of("baseline", trials[..1], ("baseline", trials[..1]))));
        Assert.Empty(SweepCharts.Draw(SyntheticSweep.Of(null, [], ("grid", []))));
    }

    [Fact]
    public void A_Search_Over_Several_Parameters_Has_Charts_Of_Each()
    {
        var charts = SweepCharts.Draw(SyntheticSweep.Search(60));

        Assert.Equal(
            [
                "search-training-loss.png", "search-validation-loss.png", "search-parallel-coordinates.png", "search-slices.png",
                "search-importance.png", "search-pruning.png",
            ],
            charts.Select(c => c.FileName));
        Assert.StartsWith("Training loss by trial", charts[0].Title, StringComparison.Ordinal);
        Assert.Matches(
            "A line a trial through its learning rate, hidden units, weight decay, schedule and activation and its", charts[2].Description);
        Assert.Matches("as shares: learning rate [0-9.]+%", charts[4].Description);
        Assert.Matches("[1-9][0-9]* of 60 trials were pruned; [0-9]+ of [0-9,]+ epochs were trained", charts[5].Description);
        Assert.All(charts, chart =>
        {
            using var picture = new Picture(chart.Png);
            Assert.Equal(1200, picture.Width);
        });
    }

    [Fact]
    public void The_Winner_Has_A_Confusion_Matrix()
    {
        var sweep = SyntheticSweep.Lab() with { Confusion = new ConfusionMatrix([0, 1, 5], [[50, 2, 0], [0, 40, 0], [1, 0, 30]]) };

        var chart = SweepCharts.Draw(sweep)[0];

        Assert.Equal("winner-confusion.png", chart.FileName);
        Assert.Contains("97.56% of 123 rows lie on the diagonal", chart.Description, StringComparison.Ordinal);
        using var picture = new Picture(chart.Png);
        Assert.True(picture.Count("#0072b2") > 10_000);
    }

    [Fact]
    public void Thousands_Of_Trials_Have_Ten_Named_Curves_And_A_Bounded_Number_Behind_Them()
    {
        var sweep = SyntheticSweep.Grid(
            [.. Enumerable.Range(1, 50).Select(i => i * 1e-4)], [.. Enumerable.Range(1, 60).Select(i => i * 4)], epochs: 4);

        var charts = SweepCharts.Draw(sweep);

        Assert.Contains("The ten best of 3,000 trials are named.", charts.Single(c => c.FileName == "grid-training-loss.png").Description);
        Assert.DoesNotContain(charts, c => c.FileName == "grid-accuracy-by-hidden-units.png");
        Assert.All(charts, chart => Assert.InRange(chart.Png.Length, 10_000, 900_000));
    }

    private static FinishedTrial Diverged(double rate, params double[] loss) =>
        SyntheticSweep.Trial(new HyperParameters(rate, 8, 3), SyntheticSweep.History(loss), TrainingOutcome.Diverged);
}
