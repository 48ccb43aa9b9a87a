using MusicPipeline.Data;
using MusicPipeline.Uploads;
using Xunit;

namespace MusicPipeline.Tests.Uploads;

public sealed class DatasetSentenceTests
{
    [Theory]
    [InlineData(1, "tones is at version 1a: 6 training and 4 test rows of 1 feature, 2 classes.")]
    [InlineData(3, "tones is at version 1a: 6 training and 4 test rows of 3 features, 2 classes.")]
    public void Says_What_A_Version_Holds(int features, string sentence) =>
        Assert.Equal(
            sentence,
            DatasetSentence.Of(
                new DatasetInfo("tones", "1a", features, [0, 1], new DatasetPartInfo(6, [3, 3]), new DatasetPartInfo(4, [2, 2]), [])));
}
