using MusicPipeline.Reports;
using MusicPipeline.Reports.Findings;
using MusicPipeline.Training.Models;
using Xunit;

namespace MusicPipeline.Tests.Reports;

/// <summary>A model at the level of chance or of the most frequent class is called out.</summary>
public sealed class MajorityFindingsTests
{
    private static readonly ConfusionMatrix OneClassOnly = new([0, 1], [[1990, 0], [10, 0]]);

    [Fact]
    public void The_Report_Gives_Both_Accuracies_And_The_Share_Of_The_Most_Frequent_Class()
    {
        var sweep = SyntheticSweep.Lab() with { Confusion = new([0, 1, 5], [[50, 2, 0], [1, 40, 0], [9, 0, 31]]) };
        const string sentence =
            "On 133 test rows its accuracy is 90.98% and its balanced accuracy, the mean of the classes' recalls, 90.40%. "
            + "Always answering 0, the most frequent class, is right for 39.10% of them; guessing comes to a balanced accuracy of 33.33%.";

        Assert.Contains(sentence, SweepReport.Markdown(sweep, []), StringComparison.Ordinal);
        Assert.Contains(
            "Always answering 0, the most frequent class, is right for 39.10% of them",
            SweepReport.Html(sweep, []),
            StringComparison.Ordinal);
        Assert.DoesNotContain("always answering", SweepReport.Markdown(sweep, []), StringComparison.Ordinal);
    }

    [Fact]
    public void A_Model_That_Never_Predicts_A_Class_Is_Called_Out()
    {
        var sweep = SyntheticSweep.Lab() with { Confusion = OneClassOnly };

        Assert.Contains(
            "> **The best model is no better than always answering 0**: both are right equally often. **1 class is never predicted**: "
            + "class 1 (10 test rows).\n",
            SweepReport.Markdown(sweep, []),
            StringComparison.Ordinal);
        Assert.Contains(
            "<strong>1 class is never predicted</strong>: class 1 (10 test rows).", SweepReport.Html(sweep, []), StringComparison.Ordinal);
        Assert.Equal((0.995, 0.5), (OneClassOnly.Accuracy, OneClassOnly.BalancedAccuracy));
    }

    // Those that the model has right and the most frequent class wrong, and the other way round, decide: 20 to 10 may be
    // chance (a 95% interval of 48.8% to 80.8%), 21 to 9 may not (52.1% to 83.3%).
    public static TheoryData<int, int, string?> Close => new()
    {
        {
            20, 10,
            "The best model is no better than always answering 0: its accuracy is 1.00 percentage points higher, "
            + "which is within the noise of 1,000 rows (95%, McNemar's test)."
        },
        {
            10, 20,
            "The best model is no better than always answering 0: its accuracy is 1.00 percentage points lower, "
            + "which is within the noise of 1,000 rows (95%, McNemar's test)."
        },
        { 9, 21, "The best model is worse than always answering 0, by 1.20 percentage points: it is of no use as a classifier." },
        { 21, 9, null },
    };

    [Theory]
    [MemberData(nameof(Close))]
    public void Noise_Is_Told_From_A_Difference(int won, int lost, string? warning)
    {
        var matrix = new ConfusionMatrix([0, 1], [[600 - lost, lost], [400 - won, won]]);

        var warnings = MajorityFindings.Of(matrix)!.Warnings().Select(pair => pair.Problem + pair.Details);

        Assert.Equal(warning is null ? [] : [warning], warnings);
    }

    [Fact]
    public void A_Model_At_The_Level_Of_Chance_On_Balanced_Classes_Is_Called_Out()
    {
        int[][] even = [[26, 25, 24, 25], [24, 26, 25, 25], [25, 25, 25, 25], [25, 24, 26, 25]];

        var findings = MajorityFindings.Of(new ConfusionMatrix([1, 2, 3, 4], even))!;

        Assert.Equal((0.25, false, false), (findings.Share, findings.IsBetter, findings.IsWorse));
        Assert.Contains("guessing comes to a balanced accuracy of 25.00%", findings.Sentence(), StringComparison.Ordinal);
        Assert.Contains("no better than always answering 1", Assert.Single(findings.Warnings()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_Without_Rows_Are_Not_Missed() =>
        Assert.Empty(MajorityFindings.Of(new ConfusionMatrix([0, 1, 2], [[50, 0, 0], [0, 50, 0], [0, 0, 0]]))!.Warnings());

    [Fact]
    public void Without_Rows_There_Is_Nothing_To_Say() => Assert.Null(MajorityFindings.Of(new ConfusionMatrix([0], [[0]])));
}
