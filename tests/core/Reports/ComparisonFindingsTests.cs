using MusicPipeline.Reports.Findings;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class ComparisonFindingsTests
{
    [Fact]
    public void Say_What_The_Figures_Of_A_Diverged_Trial_Are()
    {
        var parameters = new HyperParameters(0.1, 16, 5);
        var good = SyntheticSweep.Trial(parameters, SyntheticSweep.History(2, 1.5, 1, 0.5, 0.2));
        var early = SyntheticSweep.Trial(parameters, SyntheticSweep.History(), TrainingOutcome.Diverged);
        var late = SyntheticSweep.Trial(parameters, SyntheticSweep.History(2, 1.5), TrainingOutcome.Diverged);

        var sentences = ComparisonFindings.Sentences(
            [new("one", good.Record, 100), new("two", early.Record, 100), new("three", late.Record, 100)]);

        Assert.Equal(
            [
                "two diverged in its first epoch, so it has no figures.",
                "three has not completed, so its figures are those of epoch 2.",
                "one is ahead with",
            ],
            sentences.Take(3).Select(sentence => sentence.Split(" with ") is [var start, _] ? $"{start} with" : sentence));
    }
}
