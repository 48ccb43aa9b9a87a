using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

public sealed class StopConditionTests
{
    [Theory]
    [InlineData(0.98, 10, 100, 10, 0, null)]
    [InlineData(0.99, 10, 100, 10, 0, StopCause.Accuracy)]
    [InlineData(0.98, 40, 100, 10, 0, StopCause.Trials)]
    [InlineData(0.98, 10, 1001, 10, 0, StopCause.Epochs)]
    [InlineData(0.98, 10, 100, 60, 0, StopCause.Time)]
    [InlineData(0.98, 10, 100, 10, 3, StopCause.Failures)]
    public void Any_Stop_Condition_Is_Enough(double best, int ended, int epochs, int seconds, int failures, StopCause? cause)
    {
        var stop = new StopRequest { Accuracy = 0.99, Trials = 40, Epochs = 1000, Seconds = 60, Failures = 3 };

        Assert.Equal(cause, stop.CauseOf(new StopProgress(best, ended, epochs, TimeSpan.FromSeconds(seconds), failures)));
        Assert.Null(new StopRequest().CauseOf(new StopProgress(1, 10_000, 1, TimeSpan.MaxValue, 99)));
    }
}
