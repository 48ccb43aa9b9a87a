using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Training.Packs;
using Xunit;

namespace MusicPipeline.Tests.Training.Cuda;

public sealed class CudaTrainingDeviceTests
{
    [Fact]
    public void Trains_As_The_Cpu_Does()
    {
        var split = TrainingCases.Split(100, 17, 3);
        var parameters = new HyperParameters(0.01, 37, 2, BatchSize: 33, Seed: 3);
        using var device = SimulatedGpu.Open();
        var expected = new CpuTrainingDevice().Train(split, parameters);
        var actual = device.Train(split, parameters);
        Assert.Equal(expected.History.Loss, actual.History.Loss, (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(expected.History.ValidationLoss, actual.History.ValidationLoss, (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(expected.Weights.W1, actual.Weights.W1, (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(expected.Weights.B2, actual.Weights.B2, (a, b) => Math.Abs(a - b) < 1e-4);
    }
}
