using MusicPipeline.Reports;
using MusicPipeline.Reports.Findings;
using MusicPipeline.Training.Models;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class ConfusionFindingsTests
{
    private static readonly ConfusionMatrix Some = new([0, 1, 5], [[50, 2, 0], [1, 40, 0], [9, 0, 31]]);

    [Fact]
    public void Names_The_Pairs_That_Are_Confused_Most() => Assert.Equal(
        [
            "12 of 133 rows are classified wrongly.",
            "Classes confused most: 5 taken for 0 (9 times); 0 taken for 1 (twice, the other way round once). There are no other errors.",
            "The class that is missed most is 5: 77.50% of its 40 rows are found.",
        ],
        ConfusionFindings.Sentences(Some));

    [Fact]
    public void Says_When_Nothing_Is_Confused() => Assert.Equal(
        ["All 3 rows are classified rightly."], ConfusionFindings.Sentences(new ConfusionMatrix([0, 1], [[1, 0], [0, 2]])));

    [Fact]
    public void One_Is_Written_As_One()
    {
        Assert.Equal(["The only row is classified rightly."], ConfusionFindings.Sentences(new ConfusionMatrix([0, 1], [[1, 0], [0, 0]])));
        var sentences = ConfusionFindings.Sentences(new ConfusionMatrix([0, 1], [[5, 0], [1, 0]])).ToArray();
        Assert.StartsWith("1 of 6 rows is classified wrongly.", sentences[0], StringComparison.Ordinal);
        Assert.EndsWith("0.00% of its 1 row is found.", sentences[2], StringComparison.Ordinal);
    }

    [Fact]
    public void The_Report_Has_Precision_And_Recall_Of_Each_Class()
    {
        var markdown = SweepReport.Markdown(SyntheticSweep.Lab() with { Confusion = Some }, []);

        Assert.Contains("| 5 | 40 | 100.00% | 77.50% | 0 (9) |", markdown);
        Assert.Contains("| 1 | 41 | 95.24% | 97.56% | 0 (1) |", markdown);
        Assert.Contains("By the number of rows alone its 95% interval is 84.89% to 94.76% (Wilson).", markdown);
    }
}
