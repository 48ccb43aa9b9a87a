using MusicPipeline.Local.Commands;
using MusicPipeline.Local.Progress;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

/// <summary>One of a thing is written as one.</summary>
public sealed class CountedTests
{
    [Theory]
    [InlineData(1, 0, "1 trial trained.")]
    [InlineData(2, 0, "2 trials trained.")]
    [InlineData(1, 1, "The only trial was on record and has been reused.")]
    [InlineData(2, 2, "All 2 trials were on record and have been reused.")]
    [InlineData(3, 1, "1 of 3 trials was on record and has been reused.")]
    [InlineData(3, 2, "2 of 3 trials were on record and have been reused.")]
    public void Says_Where_Trials_Came_From(int total, int reused, string sentence) =>
        Assert.Equal(sentence, WatchedSweep.Origin(new SweepCounts(total, 0, 0, total, 0, 0, 0, reused)));

    [Theory]
    [InlineData(0, 1, "Upload: the only sample is there already")]
    [InlineData(0, 2, "Upload: all 2 samples are there already")]
    [InlineData(1, 1, "Upload: 1 of 1 sample")]
    [InlineData(1, 14, "Upload: 1 of 14 samples")]
    public void Says_How_Many_Samples_Were_Uploaded(int changed, int samples, string sentence) =>
        Assert.Equal(sentence, MainJob.Uploaded(changed, samples));

    [Theory]
    [InlineData(1, "1 recording or data set was converted or ingested before")]
    [InlineData(11, "11 recordings and data sets were converted and ingested before")]
    public void Says_How_Many_Uploads_Were_Processed_Before(int uploads, string sentence) =>
        Assert.Equal(sentence, MainJob.ProcessedBefore(uploads));

    [Fact]
    public void A_Trial_Is_Named_By_What_It_Has()
    {
        Assert.Equal("learning rate 0.001, 1 unit, 1 epoch", TrialText.Describe(new HyperParameters(0.001, 1, 1)));
        Assert.Equal(
            "learning rate 0.001, 2 units, 3 epochs, seed 4, fold 5",
            TrialText.Describe(new HyperParameters(0.001, 2, 3, Seed: 4), fold: 5));
    }
}
