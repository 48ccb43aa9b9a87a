using MusicPipeline.Reports;
using MusicPipeline.Reports.Findings;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class OneTrialAndGridFindingsTests
{
    [Fact]
    public void A_Trial_That_Still_Learns_Is_Said_To_Need_More_Epochs()
    {
        var trial = SyntheticSweep.Trial(
            new HyperParameters(0.001, 256, 3), SyntheticSweep.History([1, 0.5, 0.25], [1, 0.6, 0.3], 0.98, 0.99));

        Assert.Equal(
            [
                "After 3 epochs the network classifies 98.00% of the validation rows rightly and 99.00% of the training rows, "
                + "a gap of 1.00 percentage points.",
                "Validation loss still falls by 50% an epoch at the end, so more epochs may help.",
            ],
            OneTrialFindings.From(trial).Sentences());
    }

    [Fact]
    public void A_Trial_That_Overfits_Is_Said_To_Do_So()
    {
        var history = new TrainingHistory([1, 0.5, 0.2, 0.1], [0.5, 0.8, 0.95, 0.99], [1, 0.4, 0.5, 0.6], [0.5, 0.9, 0.88, 0.86]);
        var sentences = OneTrialFindings.From(SyntheticSweep.Trial(new HyperParameters(0.001, 256, 4), history)).Sentences().ToArray();

        Assert.Contains(
            "It overfits: validation loss rises (lowest in epoch 2 at 0.4000, 0.6000 at the end, +50%) while training loss still falls.",
            sentences);
        Assert.Contains("Validation accuracy was highest in epoch 2, at 90.00%.", sentences);
    }

    [Fact]
    public void A_Diverged_Trial_Has_One_Sentence()
    {
        var trial = SyntheticSweep.Trial(new HyperParameters(5, 256, 4), SyntheticSweep.History(0.9, double.NaN), TrainingOutcome.Diverged);
        Assert.Equal("It diverged: its loss became infinite or NaN in epoch 2.", Assert.Single(OneTrialFindings.From(trial).Sentences()));
    }

    [Fact]
    public void A_Grid_Names_The_Best_Combination_The_Best_Of_Each_And_What_Diverged()
    {
        var sweep = SyntheticSweep.Grid([0.0001, 0.001, 0.01, 1], [16, 64, 256]);
        var findings = GridFindings.From(sweep.Trials, Winner.Of(sweep.Trials));

        Assert.Equal(sweep.BestTrialId, findings.Best!.Trial.Id);
        Assert.Equal(0.001, findings.BestRate!.Value.Value);
        Assert.Equal(256, findings.BestUnits!.Value.Value);
        Assert.Equal(2, findings.Diverged.Count);
        Assert.Contains("2 trials diverged, with a learning rate of 1.", findings.Sentences());
    }

    [Fact]
    public void Points_That_Are_No_Grid_Are_Not_Judged_Value_By_Value()
    {
        var grid = SyntheticSweep.Grid([0.0001, 0.001, 0.01], [16, 64, 256]);
        var drawn = grid with
        {
            Trials = [.. grid.Trials.Where((_, index) => index % 4 == 0)],
            Studies = [.. grid.Studies.Select(study => study with { TrialIds = [.. study.TrialIds.Where((_, index) => index % 4 == 0)] })],
        };

        Assert.Contains(
            StudyComment.On(StudyTrials.Of(grid)[0]), sentence => sentence.StartsWith("Over all sizes", StringComparison.Ordinal));
        Assert.Contains("best combination", Assert.Single(StudyComment.On(StudyTrials.Of(drawn)[0])), StringComparison.Ordinal);
        Assert.Contains(SweepCharts.Draw(grid), chart => chart.FileName == "grid-accuracy.png");
        Assert.DoesNotContain(SweepCharts.Draw(drawn), chart => chart.FileName == "grid-accuracy.png");
    }

    [Fact]
    public void A_Grid_Without_A_Completed_Trial_Has_No_Best()
    {
        var trial = SyntheticSweep.Trial(new HyperParameters(5, 8, 4), SyntheticSweep.History(), TrainingOutcome.Diverged);
        var findings = GridFindings.From([trial], Winner.Of([trial]));

        Assert.Null(findings.Best);
        Assert.Null(findings.BestRate);
        Assert.Single(findings.Sentences());
    }
}
