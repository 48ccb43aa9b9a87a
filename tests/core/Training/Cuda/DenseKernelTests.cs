using MusicPipeline.Tests.Training.Cuda.Ptx;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Training.Cuda;
using Xunit;

namespace MusicPipeline.Tests.Training.Cuda;

/// <summary>Networks of any depth and with every option on the device.</summary>
public sealed class DenseKernelTests
{
    private static readonly HyperParameters Parameters = new(0.01, 9, 2, BatchSize: 16, Seed: 7) { Layers = 2 };

    private static readonly HyperParameters Everything = Parameters with
    {
        Layers = 3,
        Dropout = 0.3,
        LabelSmoothing = 0.1,
        ClassWeights = ClassWeights.Balanced,
        Activation = Activation.Relu,
        WeightDecay = 0.1,
        RestoreBest = Objective.BalancedAccuracy,
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_Pack_Of_Unlike_Networks_Ends_As_The_Cpu_Ends_Each(bool compiled)
    {
        // A whole batch and one of a single row.
        var split = TrainingCases.Split(17, 17, 3);
        using var device = SimulatedGpu.Open(kernels: compiled ? PtxKernels.Sm90 : null);
        HyperParameters[] trials =
        [
            Parameters with { HiddenUnits = 37 },
            Everything,
            Everything with { Optimizer = Optimizer.Sgd, Activation = Activation.Tanh, Layers = 1, Epochs = 1, HiddenUnits = 130 },
            Parameters with { LearningRate = 3e38, Activation = Activation.Relu },
            Parameters with { Dropout = 0.5, Seed = 8, Schedule = LearningRateSchedule.Cosine },
            Parameters with { Layers = 1 },
            Parameters with { Layers = HyperParameters.MostLayers, Activation = Activation.Relu, LabelSmoothing = 0.2, Epochs = 1 },
        ];

        var results = TrainPack(device, split, trials);

        for (var i = 0; i < trials.Length; i++)
        {
            var expected = new CpuTrainingDevice().Train(split, trials[i]);
            var actual = results[i];
            Assert.Equal((expected.Outcome, expected.BestEpoch), (actual.Outcome, actual.BestEpoch));
            Close(expected.History.Loss, actual.History.Loss);
            Close(expected.History.Accuracy, actual.History.Accuracy);
            Close(expected.History.ValidationLoss, actual.History.ValidationLoss);
            Close(expected.History.ValidationAccuracy, actual.History.ValidationAccuracy);
            Close(expected.History.ValidationBalancedAccuracy!, actual.History.ValidationBalancedAccuracy!);
            Close(expected.History.ValidationMacroF1!, actual.History.ValidationMacroF1!);
            if (expected.Outcome == TrainingOutcome.Diverged) continue;
            foreach (var (a, b) in expected.Weights.Layers.Zip(actual.Weights.Layers))
            {
                Assert.Equal(a.Weights, b.Weights, (x, y) => Math.Abs(x - y) <= 2e-4);
                Assert.Equal(a.Biases, b.Biases, (x, y) => Math.Abs(x - y) <= 2e-4);
            }
        }
    }

    [Fact]
    public void A_Network_Ends_In_The_Same_Bits_Alone_Beside_Others_And_After_A_Stop()
    {
        var split = TrainingCases.Split(20, 5, 3);
        using var device = SimulatedGpu.Open(kernels: PtxKernels.Sm90);
        HyperParameters[] trials = [Everything with { Epochs = 3 }, Parameters with { HiddenUnits = 20, Seed = 8 }];
        var together = TrainPack(device, split, trials);

        var stopped = device.Train(split, trials[0], new TrainingRun { Continue = (epoch, _) => epoch < 2 });
        var resumed = device.Train(split, trials[0], new TrainingRun { From = stopped.Checkpoint });

        Assert.Equal(2, stopped.History.Epochs);
        Assert.Equal(TrainingCases.Bits(together[0]), TrainingCases.Bits(resumed));
        Assert.Equal(together[0].BestEpoch, resumed.BestEpoch);
        Assert.Equal(TrainingCases.Bits(together[1]), TrainingCases.Bits(device.Train(split, trials[1])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void The_Estimate_Of_Memory_Covers_What_Is_Used(int trials)
    {
        var split = TrainingCases.Split(300, 17, 3);
        var memory = new PackMemory(300, split.Validation.Rows, 17, 3);
        var parameters = Enumerable.Range(0, trials).Select(i => Everything with { HiddenUnits = 20 + i, Layers = i + 1 }).ToArray();
        using var context = CudaDevices.CreateContext(builder => ILGPU.Runtime.CPU.CPUContextExtensions.DefaultCPU(builder));
        using var accelerator = context.Devices[0].CreateAccelerator(context);

        using var buffers = new DenseBuffers(
            accelerator,
            new DenseLayout(split, parameters, [.. Enumerable.Range(0, trials)]),
            new float[trials * 3],
            split.Validation.Rows,
            long.MaxValue);

        var estimate = parameters.Sum(memory.TrialBytes);
        Assert.InRange(buffers.Length, estimate * 3 / 4, estimate);
    }

    private static Dictionary<int, TrainingResult> TrainPack(
        ITrainingDevice device, MusicPipeline.Data.TrainingSplit split, HyperParameters[] trials)
    {
        var results = new Dictionary<int, TrainingResult>();
        device.TrainPack(split, [.. trials.Select(trial => new PackMember(trial, new TrainingRun()))], results.Add);
        return results;
    }

    private static void Close(double[] expected, double[] actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= 1e-4);
}
