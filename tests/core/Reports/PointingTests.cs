using System.Text.Json;
using MusicPipeline.Reports;
using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Reports;

/// <summary>What a reader of the HTML report can point at.</summary>
public sealed class PointingTests
{
    private static readonly ConfusionMatrix Confusion = new([0, 1, 5], [[50, 2, 0], [0, 40, 0], [1, 0, 30]]);

    [Fact]
    public void Slices_Name_Every_Trial_In_Every_Panel()
    {
        var sweep = SyntheticSweep.Search(60);

        var points = Chart(sweep, "search-slices.png").Points!;

        Assert.Equal(["Learning rate", "Hidden units", "Weight decay", "Schedule", "Activation"], points.Panels.Select(panel => panel.X));
        Assert.Equal([true, true, false, false, false], points.Panels.Select(panel => panel.LogX));
        Assert.Equal(["0", "0.001"], points.Panels[2].Places!);
        Assert.Null(points.Panels[0].Places);
        Assert.All(points.Panels, panel => Assert.Equal(60, panel.Abscissae.Count));
        var pruned = sweep.Trials.Count(trial => trial.Record.Outcome == TrainingOutcome.Stopped);
        Assert.Equal((pruned, 1), (points.Groups.Count(group => group == 1), points.Groups.Count(group => group == 2)));
        Assert.Equal(pruned, points.Ordinates.Count(y => y is null));
        var best = points.Groups.ToList().IndexOf(2);
        var winner = sweep.Trials.Single(trial => trial.Record.Trial.Id == sweep.BestTrialId).Record;
        Assert.Equal(winner.Last!.ValidationAccuracy * 100, points.Ordinates[best]!.Value, 1e-9);
        Assert.Equal(winner.Trial.Parameters.LearningRate, points.Panels[0].Abscissae[best]);
        Assert.Matches($@"^learning rate [0-9.e-]+, hidden units \d+, .*: 9[0-9.]+% \(trial {winner.Trial.Id[..7]}\)$", points.Tips[best]);
        Assert.All(
            points.Tips.Where((_, i) => points.Groups[i] == 1),
            tip => Assert.Contains(": pruned after 4 epochs (", tip, StringComparison.Ordinal));
    }

    [Fact]
    public void Parallel_Coordinates_Are_Lines_Over_Their_Axes()
    {
        var data = Chart(SyntheticSweep.Search(60), "search-parallel-coordinates.png").Data!;

        Assert.Equal(6, data.Places!.Count);
        Assert.Matches(@"^Learning rate\n[0-9.e-]+ to [0-9.e-]+ \(log\)$", data.Places[0]);
        Assert.Equal("Activation\nsigmoid, tanh, relu", data.Places[4]);
        Assert.Equal(60, data.Lines.Count);
        Assert.All(data.Lines, line => Assert.All(line.Y, y => Assert.InRange(y!.Value, 0, 1)));
        Assert.All(data.Lines, line => Assert.Contains("(trial ", line.Tip!, StringComparison.Ordinal));
        Assert.Equal("the best", data.Lines[^1].Name);
        Assert.All(data.Lines.SkipLast(1), line => Assert.Equal("", line.Name));
    }

    [Fact]
    public void A_Pruning_Timeline_Is_Points_In_The_Order_Asked_For()
    {
        var sweep = SyntheticSweep.Search(60);

        var points = Chart(sweep, "search-pruning.png").Points!;

        Assert.Equal(Enumerable.Range(1, 60).Select(place => (double)place), Assert.Single(points.Panels).Abscissae);
        Assert.Equal(sweep.Trials.Select(trial => (double?)trial.Record.Epochs), points.Ordinates);
        Assert.Equal(["completed", "pruned"], points.Names.Select(name => name.Name));
        Assert.True(points.MayLogY);
    }

    [Fact]
    public void Importance_Is_Bars_And_A_Confusion_Matrix_Cells()
    {
        var bars = Chart(SyntheticSweep.Search(60), "search-importance.png").Bars!;
        Assert.Equal(1, bars.Sum(bar => bar.Length), 1e-9);
        Assert.Equal("Learning rate", bars[0].Name);

        var table = Chart(SyntheticSweep.Lab() with { Confusion = Confusion }, "winner-confusion.png").Table!;
        Assert.Equal(["0", "1", "5"], table.Rows);
        Assert.Equal("50", table.Cells[0][0].Text);
        Assert.True(table.Cells[0][0].IsDark);
        Assert.Equal("2 of 52 rows of class 0 taken for 1 (3.8%)", table.Cells[0][1].Title);
        Assert.False(table.Cells[0][1].IsDark);
        Assert.Equal(new ChartCell(""), table.Cells[1][0]);
        var many = new ConfusionMatrix([.. Enumerable.Range(0, 41)], [.. Enumerable.Range(0, 41).Select(_ => new int[41])]);
        Assert.Null(Chart(SyntheticSweep.Lab() with { Confusion = many }, "winner-confusion.png").Table);
    }

    [Fact]
    public void A_Grid_Is_Cells_With_The_Best_Marked()
    {
        var table = Chart(SyntheticSweep.Grid([0.001, 0.01, 1], [8, 64]), "grid-accuracy.png").Table!;

        Assert.Equal(["1", "0.01", "0.001"], table.Rows);
        Assert.Equal(["8", "64"], table.Columns);
        Assert.Equal("diverged", table.Cells[0][1].Text);
        Assert.Null(table.Cells[0][1].Colour);
        var best = Assert.Single(table.Cells.SelectMany(row => row), cell => cell.IsBest);
        Assert.Equal(table.Cells[2][1], best);
        Assert.Equal($"Learning rate 0.001, hidden units 64: {best.Text}", best.Title);
        Assert.Null(Chart(SyntheticSweep.Grid([0.001, 0.01], [.. Enumerable.Range(1, 41)], epochs: 2), "grid-accuracy.png").Table);
    }

    [Fact]
    public void Html_Holds_All_Of_It_With_The_Pictures_Beside()
    {
        var sweep = SyntheticSweep.Search(60) with { Confusion = Confusion };

        var html = SweepReport.Html(sweep, SweepCharts.Draw(sweep));

        Assert.Equal(html.Split("<figure").Length, html.Split("<img ").Length);
        Assert.Contains("title=\"1 of 31 rows of class 5 taken for 0 (3.2%)\" style=\"background:#", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("<figure class=\"written\">").Length - 1);
        Assert.Equal(2, html.Split("<details><summary>Picture</summary><img ").Length - 1);
        Assert.Contains(
            "<tr><th scope=\"row\">Learning rate</th><td><span style=\"width:100%\"></span></td>", html, StringComparison.Ordinal);
        var figure = html.Split("<figure data-title=\"Validation accuracy by each parameter\">")[1];
        using var data = JsonDocument.Parse(figure.Split("<script type=\"application/json\">")[1].Split("</script>")[0]);
        Assert.Equal(60, data.RootElement.GetProperty("tips").GetArrayLength());
        Assert.Equal(5, data.RootElement.GetProperty("panels").GetArrayLength());
        Assert.Equal(60, data.RootElement.GetProperty("ys").GetArrayLength());
    }

    [Fact]
    public void Thousands_Of_Trials_Leave_A_Page_That_Opens()
    {
        var sweep = SyntheticSweep.Search(2500);

        var charts = SweepCharts.Draw(sweep);

        Assert.InRange(charts.Single(chart => chart.FileName == "search-slices.png").Points!.Tips.Count, 1, 2000);
        Assert.InRange(charts.Single(chart => chart.FileName == "search-parallel-coordinates.png").Data!.Lines.Count, 1, 500);
        Assert.Null(charts.Single(chart => chart.FileName == "search-pruning.png").Points);
    }

    [Theory]
    [InlineData(StopCause.Accuracy, "a trial had reached the validation accuracy that was asked for (99.00%)")]
    [InlineData(StopCause.Trials, "as many trials had ended as were asked for (40)")]
    [InlineData(StopCause.Epochs, "the epochs were spent that it was given (1,000)")]
    [InlineData(StopCause.Time, "its time was up (30 min)")]
    [InlineData(StopCause.Failures, "too many trials had failed (5)")]
    public void Says_Why_A_Sweep_Ended_Early(StopCause cause, string why)
    {
        var sweep = SyntheticSweep.Search(60) with
        {
            StopCause = cause,
            Stop = new StopRequest { Accuracy = 0.99, Trials = 40, Epochs = 1000, Seconds = 1800, Failures = 5 },
        };

        Assert.Contains($"- The sweep ended when {why}.\n", SweepReport.Markdown(sweep, []), StringComparison.Ordinal);
        var failed = sweep with { Failures = [new FailedTrial(sweep.Trials[0].Record.Trial with { Id = "abc" }, "it never ran")] };
        Assert.Contains(
            $"- The sweep ended when {why}; 1 trial did not run to a result.\n",
            SweepReport.Markdown(failed, []),
            StringComparison.Ordinal);
        Assert.DoesNotContain("The sweep ended", SweepReport.Markdown(sweep with { StopCause = null }, []), StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_Pruned_Trials_Apart()
    {
        var sweep = SyntheticSweep.Search(60);
        var pruned = sweep.Trials.Count(trial => trial.Record.Outcome == TrainingOutcome.Stopped);

        Assert.Contains(
            $"60 trials: {60 - pruned} completed and {pruned} pruned.", SweepReport.Markdown(sweep, []), StringComparison.Ordinal);
    }

    private static Chart Chart(SweepResults sweep, string file) =>
        SweepCharts.Draw(sweep).First(chart => chart.FileName.Contains(file, StringComparison.Ordinal));
}
