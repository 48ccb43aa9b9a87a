using MusicPipeline.Training.Cpu;
using Xunit;

namespace MusicPipeline.Tests.Training;

public sealed class FmaPeakTests
{
    [Fact]
    public void Peak_Is_That_Of_Some_Processor() =>
        Assert.InRange(FmaPeak.Measure(milliseconds: 20), 0.1, 2000);
}
