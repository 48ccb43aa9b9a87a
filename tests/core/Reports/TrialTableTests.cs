using MusicPipeline.Reports;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class TrialTableTests
{
    [Fact]
    public void Has_A_Table_A_Study_With_The_Winner_Marked()
    {
        var sweep = SyntheticSweep.Lab();

        var tables = TrialTable.Of(sweep);

        Assert.Equal(["Baseline", "Learning rate", "Hidden units"], tables.Select(t => t.Title));
        Assert.Equal([1, 4, 9], tables.Select(t => t.Rows.Count));
        Assert.All(tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Cells.Count)));
        Assert.Equal([sweep.BestTrialId], tables.SelectMany(t => t.Rows).Where(row => row.IsBest).Select(row => row.TrialId));
    }

    [Fact]
    public void Writes_Figures_As_The_Report_Does()
    {
        var trial = SyntheticSweep.Trial(
            new HyperParameters(0.0001, 1024, 20), SyntheticSweep.History([0.5, 0.00612], [0.4, 0.03125], 0.99246, 0.99871), reused: true);
        var other = SyntheticSweep.Trial(new HyperParameters(0.001, 4, 2), SyntheticSweep.History(0.5, 0.2));

        var table = Assert.Single(TrialTable.Of(SyntheticSweep.Of(null, [trial, other], ("grid", [trial, other]))));

        Assert.Equal(
            [
                "Learning rate", "Hidden units", "Epochs", "Epochs done", "Parameters", "Loss", "Accuracy", "Val. loss", "Val. accuracy",
                "Best epoch", "Best val. accuracy", "Seconds", "State", "Trial",
            ],
            table.Columns.Select(column => column.Heading));
        Assert.Equal(
            [
                "0.0001", "1,024", "20", "2 of 20", "134,154", "0.00612", "99.87%", "0.0313", "99.25%", "2", "99.25%", "10.2",
                "completed, reused", trial.Record.Trial.Id,
            ],
            table.Rows[0].Cells);
    }

    [Fact]
    public void Has_Columns_For_What_Varies_Alone()
    {
        FinishedTrial[] trials =
        [
            SyntheticSweep.Trial(
                new HyperParameters(0.01, 8, 2) { Schedule = LearningRateSchedule.Cosine, WeightDecay = 0.001 },
                SyntheticSweep.History(0.5, 0.2)),
            SyntheticSweep.Trial(
                new HyperParameters(0.01, 8, 2, Seed: 7) { Activation = Activation.Relu, WeightDecay = 0.001 },
                SyntheticSweep.History(0.5, 0.3)),
        ];

        var table = Assert.Single(TrialTable.Of(SyntheticSweep.Of(null, trials, ("grid", trials))));

        Assert.Equal(["Schedule", "Activation", "Seed", "Loss"], table.Columns.Take(4).Select(column => column.Heading));
        Assert.Equal(["cosine", "sigmoid", "1"], table.Rows[0].Cells.Take(3));
        Assert.Equal(["constant", "relu", "7"], table.Rows[1].Cells.Take(3));
        Assert.Contains(
            "The same in all 2 trials: learning rate 0.01, 8 hidden units, 2 epochs, batch 128 and weight decay 0.001.\n",
            SweepReport.Markdown(SyntheticSweep.Of(null, trials, ("grid", trials)), []));
    }

    [Fact]
    public void Trials_Without_A_Result_Keep_Their_Place_And_Empty_Figures()
    {
        var good = SyntheticSweep.Trial(new HyperParameters(0.01, 8, 2), SyntheticSweep.History(0.5, 0.2));
        var parameters = new HyperParameters(0.001, 8, 2);
        var failed = new Trial(TrialId.Of("v", parameters, ValidationRule.TestSet), "notes", "v", parameters, ValidationRule.TestSet);
        var sweep = SyntheticSweep.Of(null, [good]) with
        {
            Studies = [new Study("grid", [failed.Id, good.Record.Trial.Id])],
            Failures = [new FailedTrial(failed, "the worker was stopped")],
        };

        var rows = Assert.Single(TrialTable.Of(sweep)).Rows;

        Assert.Equal([failed.Id, good.Record.Trial.Id], rows.Select(r => r.TrialId));
        Assert.Equal("0.001", rows[0].Cells[0]);
        Assert.Equal("no result", rows[0].Cells[^2]);
        Assert.All(rows[0].Cells.Skip(1).SkipLast(2), cell => Assert.Equal("", cell));
    }
}
