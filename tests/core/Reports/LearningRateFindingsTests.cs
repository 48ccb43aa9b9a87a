using MusicPipeline.Reports.Findings;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class LearningRateFindingsTests
{
    private static readonly FinishedTrial Wild = Trial(0.1, [0.5, 0.3, 0.4, 0.25, 0.35, 0.22], 0.9606);
    private static readonly FinishedTrial Fast = Trial(0.01, [0.2, 0.05, 0.03, 0.02, 0.012, 0.0095], 0.9899);
    private static readonly FinishedTrial Good = Trial(0.001, [0.4, 0.1, 0.05, 0.02, 0.01, 0.006], 0.9925);
    private static readonly FinishedTrial Slow = Trial(0.0001, [1.0, 0.5, 0.25, 0.12, 0.08, 0.06], 0.9799);

    [Fact]
    public void Answers_The_Questions_Of_The_Lab()
    {
        var findings = LearningRateFindings.From([Wild, Fast, Good, Slow]);

        Assert.Equal([Wild], findings.Unstable);
        Assert.Equal(Slow, findings.Slowest);
        Assert.Equal(Good.Record, findings.Best);
        Assert.Equal(0.06, findings.CommonLoss);
        Assert.Equal(
            [
                "0.1 is unstable: its training loss is not monotone (it rises in 2 of 5 steps from epoch to epoch) and ends at 0.2200, "
                + "37 times the lowest of all rates.",
                "0.0001 converges slowest: it reaches a training loss of 0.0600 after 6 epochs, 0.01 after 2 and 0.001 after 3; "
                + "its loss still falls by 25% an epoch at the end.",
                "0.001 is the best learning rate: 99.25% validation accuracy, 0.26 percentage points ahead of 0.01, "
                + "with a training loss of 0.00600.",
            ],
            findings.Sentences());
    }

    [Fact]
    public void A_Restless_Loss_That_Ends_Low_Is_Not_Called_Unstable()
    {
        var restless = Trial(0.01, [0.2, 0.05, 0.06, 0.02, 0.025, 0.0095], 0.9899);

        var findings = LearningRateFindings.From([restless, Good]);

        Assert.Empty(findings.Unstable);
        Assert.Equal([restless], findings.Restless);
        Assert.Contains(findings.Sentences(), s => s.Contains("No learning rate is unstable"));
        Assert.Contains(findings.Sentences(), s => s.Contains("0.01 is not monotone either (it rises in 2 of 5 steps"));
    }

    [Fact]
    public void A_Monotone_Slow_Rate_Is_Not_Unstable_However_High_It_Ends() =>
        Assert.Empty(LearningRateFindings.From([Slow, Good]).Unstable);

    [Fact]
    public void A_Diverged_Rate_Is_Named_With_Its_Epoch_And_Never_Best()
    {
        var diverged = SyntheticSweep.Trial(new HyperParameters(10, 256, 6), SyntheticSweep.History(0.5, 0.001), TrainingOutcome.Diverged);
        var atOnce = SyntheticSweep.Trial(new HyperParameters(100, 256, 6), SyntheticSweep.History(), TrainingOutcome.Diverged);

        var findings = LearningRateFindings.From([diverged, atOnce, Good]);

        Assert.Equal([atOnce, diverged], findings.Diverged);
        Assert.Equal(Good.Record, findings.Best);
        Assert.Equal(0.006, findings.LowestLoss);
        Assert.Equal(
            [
                "100 diverged: its loss became infinite or NaN in the first epoch.",
                "10 diverged: its loss became infinite or NaN in epoch 3.",
            ],
            findings.Sentences().Take(2));
    }

    [Fact]
    public void The_Best_At_The_Edge_Of_The_Range_Is_Said_To_Be_So() =>
        Assert.Equal(
            "It is the smallest rate tried, so a smaller one may do better still.",
            LearningRateFindings.From([Wild, Good]).Sentences().Last());

    [Fact]
    public void One_Rate_Is_Neither_Slowest_Nor_Unstable()
    {
        var findings = LearningRateFindings.From([Good]);

        Assert.Null(findings.Slowest);
        Assert.Equal(
            "0.001 is the best learning rate: 99.25% validation accuracy, with a training loss of 0.00600.",
            Assert.Single(findings.Sentences()));
    }

    [Fact]
    public void A_Tie_Has_No_Slowest() =>
        Assert.Null(LearningRateFindings.From([Trial(0.1, [0.5], 0.9), Trial(0.01, [0.4], 0.8)]).Slowest);

    private static FinishedTrial Trial(double rate, double[] loss, double validationAccuracy) => SyntheticSweep.Trial(
        new HyperParameters(rate, 256, loss.Length), SyntheticSweep.History(loss, [.. loss.Select(l => l * 1.3)], validationAccuracy));
}
