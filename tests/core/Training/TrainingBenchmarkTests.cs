using MusicPipeline.Training.Cpu;
using Xunit;

namespace MusicPipeline.Tests.Training;

public sealed class TrainingBenchmarkTests
{
    [Fact]
    public void Counts_The_Operations_Of_The_Lab()
    {
        Assert.Equal(4.0 * 66247 * 120 * 256 + 6.0 * 66247 * 256 * 10, TrainingShape.Lab.TrainingOperations(256));
        Assert.Equal(2.0 * 14904 * 120 * 256 + 2.0 * 14904 * 256 * 10, TrainingShape.Lab.ValidationOperations(256));
    }

    [Fact]
    public void Times_Epochs_Against_The_Peak_Of_The_Core()
    {
        var timing = new TrainingBenchmark(new TrainingShape(500, 100, 30, 4, 64)).Measure(hiddenUnits: 16, epochs: 4);

        Assert.Equal(16, timing.HiddenUnits);
        Assert.True(timing.FastestSeconds > 0);
        Assert.True(timing.FastestSeconds <= timing.MedianSeconds);
        Assert.True(timing.Gflops < timing.GflopsWithValidation);
        Assert.InRange(timing.ShareOfPeak, double.Epsilon, 1);
    }
}
