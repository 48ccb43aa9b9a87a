using MusicPipeline.Data;
using MusicPipeline.Tests.Training.Cuda.Ptx;
using MusicPipeline.Training;
using MusicPipeline.Training.Cuda;
using Xunit;

namespace MusicPipeline.Tests.Training.Cuda;

public sealed class PackMemoryTests
{
    private static readonly HyperParameters Parameters = new(0.01, 24, 1, BatchSize: 32, Seed: 7);
    private static readonly TrainingSplit Split = TrainingCases.Split(33, 17, 3);

    [Theory]
    [InlineData(33, 17, 3, 24, 16, 1)]
    [InlineData(33, 63, 17, 65, 100, 3)]
    [InlineData(500, 130, 10, 256, 128, 5)]
    [InlineData(300, 5, 2, 8, 1, 2)]
    public void The_Estimate_Covers_What_Is_Used(int rows, int features, int classes, int hidden, int batch, int trials)
    {
        var split = TrainingCases.Split(rows, features, classes);
        var memory = new PackMemory(rows, split.Validation.Rows, features, classes);
        var parameters = Enumerable.Range(0, trials).Select(i => new HyperParameters(0.01, hidden + i, 1, batch, Seed: i)).ToArray();
        using var context = CudaDevices.CreateContext(builder => ILGPU.Runtime.CPU.CPUContextExtensions.DefaultCPU(builder));
        using var accelerator = context.Devices[0].CreateAccelerator(context);
        using var data = new DeviceData(accelerator, split, long.MaxValue);

        using var buffers = new PackBuffers(
            accelerator, new PackLayout(split, parameters, [.. Enumerable.Range(0, trials)]), data.ValidationTiles, long.MaxValue);

        var estimate = memory.DataSetBytes + parameters.Sum(memory.TrialBytes);
        Assert.InRange(data.Length + buffers.Length, estimate - memory.DataSetBytes, estimate);
    }

    [Fact]
    public void A_Full_Device_Trains_Fewer_At_Once_And_All_In_The_End()
    {
        HyperParameters[] trials = [.. Enumerable.Range(1, 3).Select(units => Parameters with { HiddenUnits = units })];
        using var roomy = SimulatedGpu.Open(kernels: PtxKernels.Sm90);
        var expected = TrainPack(roomy, trials);

        // Enough for two of the trials: the pack of three, as planned, is halved until it fits.
        using var narrow = SimulatedGpu.Open(memoryLimit: 800_000, kernels: PtxKernels.Sm90);
        using var few = SimulatedGpu.Open(maxTrials: 2, kernels: PtxKernels.Sm90);
        foreach (var device in (CudaTrainingDevice[])[narrow, few])
        {
            var results = TrainPack(device, trials);

            Assert.Equal([0, 1, 2], results.Keys);
            for (var i = 0; i < trials.Length; i++) Assert.Equal(TrainingCases.Bits(expected[i]), TrainingCases.Bits(results[i]));
        }
    }

    [Fact]
    public void A_Trial_That_Fits_Nowhere_Is_An_Error_That_Says_So()
    {
        using var device = SimulatedGpu.Open(memoryLimit: 100_000);

        var exception = Assert.Throws<DeviceMemoryException>(() => device.Train(Split, Parameters));

        Assert.Contains("do not fit", exception.Message, StringComparison.Ordinal);
    }

    private static Dictionary<int, TrainingResult> TrainPack(ITrainingDevice device, HyperParameters[] trials)
    {
        var results = new Dictionary<int, TrainingResult>();
        device.TrainPack(Split, [.. trials.Select(trial => new PackMember(trial, new TrainingRun()))], results.Add);
        return results;
    }
}
