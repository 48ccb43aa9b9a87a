using MusicPipeline.Reports.Findings;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class HiddenUnitFindingsTests
{
    private const int Rows = 14_904;
    private static readonly double[] Falling = [1, 0.5, 0.3, 0.2, 0.1];
    private static readonly double[] Rising = [1, 0.4, 0.20, 0.21, 0.25];

    private static readonly FinishedTrial[] Sizes =
    [
        Trial(4, 0.70, 0.69, Falling), Trial(16, 0.96, 0.95, Falling), Trial(64, 0.992, 0.985, Rising),
        Trial(256, 0.999, 0.9930, Falling), Trial(1024, 0.9995, 0.9941, Falling),
    ];

    [Fact]
    public void Answers_The_Questions_Of_The_Lab()
    {
        var findings = HiddenUnitFindings.From(Sizes, Rows);

        Assert.Equal(1024, findings.Best!.Trial.Parameters.HiddenUnits);
        Assert.Equal(256, findings.Enough!.Trial.Parameters.HiddenUnits);
        Assert.Equal([4, 16], findings.Underfit.Select(t => t.Record.Trial.Parameters.HiddenUnits));
        Assert.Equal([(64, 3)], findings.Overfit.Select(p => (p.Trial.Record.Trial.Parameters.HiddenUnits, p.Overfitting.Epoch)));
        Assert.Equal(
            [
                "1,024 hidden units give the highest validation accuracy, 99.41%, with 134,154 parameters.",
                "More units stop paying at 256: its 99.30% is within 0.20 percentage points of the best, with 33,546 parameters, "
                + "4.0 times fewer.",
                "4 and 16 units underfit: even the training accuracy (70.00% and 96.00%) stays more than 2 percentage points below the "
                + "highest of all sizes, 99.95%.",
                "Validation loss rises from its minimum while training loss still falls, which is overfitting, "
                + "with 64 units (lowest in epoch 3 at 0.2000, 0.2500 at the end, +25%).",
            ],
            findings.Sentences());
    }

    [Fact]
    public void Few_Validation_Rows_Widen_What_Counts_As_Equal()
    {
        Assert.Equal(0.002, HiddenUnitFindings.From(Sizes, Rows).Tolerance);
        Assert.Equal(Math.Sqrt(0.9941 * 0.0059 / 50), HiddenUnitFindings.From(Sizes, 50).Tolerance, 9);
        Assert.Equal(64, HiddenUnitFindings.From(Sizes, 50).Enough!.Trial.Parameters.HiddenUnits);
    }

    [Fact]
    public void Says_That_More_Units_Pay_Up_To_The_Largest()
    {
        var findings = HiddenUnitFindings.From(Sizes[..3], Rows);

        Assert.Equal(findings.Best, findings.Enough);
        Assert.Contains(
            "More units pay up to the largest size tried: no smaller size comes within 0.20 percentage points of it.",
            findings.Sentences());
    }

    [Fact]
    public void Names_Larger_Sizes_That_Do_Worse_Again()
    {
        var sentences = HiddenUnitFindings.From([.. Sizes, Trial(2048, 0.9996, 0.98, Falling)], Rows).Sentences();

        Assert.Contains("Larger sizes do worse again: 2,048 units with 98.00%.", sentences);
    }

    [Fact]
    public void Says_So_Where_Nothing_Overfits() =>
        Assert.StartsWith("No size overfits", HiddenUnitFindings.From([Sizes[0], Sizes[1]], Rows).Sentences().Last());

    [Fact]
    public void A_Diverged_Size_Is_Named_And_Takes_No_Part()
    {
        var diverged = SyntheticSweep.Trial(
            new HyperParameters(0.001, 512, 5), SyntheticSweep.History(0.5, 0.0001), TrainingOutcome.Diverged);

        var findings = HiddenUnitFindings.From([diverged], Rows);

        Assert.Null(findings.Best);
        Assert.Equal("512 units diverged: its loss became infinite or NaN in epoch 3.", Assert.Single(findings.Sentences()));
    }

    private static FinishedTrial Trial(int units, double accuracy, double validationAccuracy, double[] validationLoss) =>
        SyntheticSweep.Trial(
        new HyperParameters(0.001, units, 5),
        SyntheticSweep.History([1, 0.5, 0.2, 0.1, 0.05], validationLoss, validationAccuracy, accuracy));
}
