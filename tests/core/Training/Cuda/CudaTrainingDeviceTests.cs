using ILGPU.Runtime;
using MusicPipeline.Data;
using MusicPipeline.Tests.Training.Cuda.Ptx;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Training.Cuda;
using Xunit;

namespace MusicPipeline.Tests.Training.Cuda;

public sealed class CudaTrainingDeviceTests
{
    private static readonly HyperParameters Parameters = new(0.01, 24, 3, BatchSize: 16, Seed: 7);

    // rows, features, hidden units, classes, batch size: last batches of one row, whole tiles, and one more than a tile.
    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 33, 17, 37, 3, 16 },
        { 1, 1, 1, 2, 3 },
        { 65, 63, 64, 16, 64 },
        { 40, 64, 65, 17, 40 },
        { 9, 130, 3, 33, 8 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Kernels_As_Compiled_For_A_Gpu_Train_As_The_Cpu_Does(int rows, int features, int hidden, int classes, int batch)
    {
        var split = new TrainingSplit(
            TrainingCases.Rows(rows, features, classes), TrainingCases.Rows(5, features, classes, seed: 2), classes);
        using var device = SimulatedGpu.Open(kernels: PtxKernels.Sm90);

        TrainsAsTheCpu(device, split, [new HyperParameters(0.01, hidden, 2, batch)]);
    }

    /// <summary>By the oldest kernels. Those of the simulated accelerator itself train such a pack in the GPU's check.</summary>
    [Fact]
    public void A_Pack_Of_Unlike_Trials_Ends_As_The_Cpu_Ends_Each()
    {
        using var device = SimulatedGpu.Open(kernels: PtxKernels.Compile(7, 5));

        TrainsAsTheCpu(device, TrainingCases.Split(33, 17, 3),
        [
            Parameters with { HiddenUnits = 37 },
            Parameters with { HiddenUnits = 70, LearningRate = 0.001, Epochs = 1, WeightDecay = 0.5 },
            Parameters with { LearningRate = 3e38 },
            Parameters with { HiddenUnits = 1, Seed = 8, Activation = Activation.Tanh, Schedule = LearningRateSchedule.Cosine },
            Parameters with { Activation = Activation.Relu, Schedule = LearningRateSchedule.Step, Epochs = 2, WeightDecay = 0.1 },
            Parameters with { BatchSize = 50 },
        ]);
    }

    [Fact]
    public void A_Fault_Of_The_Driver_Is_One_Sentence_And_Ends_The_Device()
    {
        var split = TrainingCases.Split(33, 17, 3);
        using var device = SimulatedGpu.Open(kernels: PtxKernels.Sm90 with { Output = (_, _) => throw new DriverException() });

        var failed = Assert.Throws<DeviceFailedException>(() => device.Train(split, Parameters));
        var again = Assert.Throws<DeviceFailedException>(() => device.Train(split, Parameters));

        Assert.Equal("The GPU failed: an illegal memory access was encountered.", failed.Message);
        Assert.Equal("The GPU had failed before.", again.Message);
        Assert.True(device.HasFailed);
    }

    private sealed class DriverException() : AcceleratorException("an illegal memory access was encountered")
    {
        public override AcceleratorType AcceleratorType => AcceleratorType.Cuda;
    }

    [Fact]
    public void A_Trial_Ends_In_The_Same_Bits_Alone_And_Beside_Others()
    {
        var split = TrainingCases.Split(33, 17, 3);
        using var device = SimulatedGpu.Open(kernels: PtxKernels.Sm90);
        HyperParameters[] trials = [Parameters with { HiddenUnits = 70, Epochs = 1 }, Parameters with { Seed = 8, Epochs = 2 }];

        var together = TrainPack(device, split, trials);

        for (var i = 0; i < trials.Length; i++)
            Assert.Equal(TrainingCases.Bits(device.Train(split, trials[i])), TrainingCases.Bits(together[i]));
    }

    [Fact]
    public void A_Trial_That_Is_Stopped_Leaves_The_Pack_And_Goes_On_In_The_Same_Bits()
    {
        var split = TrainingCases.Split(33, 17, 3);
        using var device = SimulatedGpu.Open(kernels: PtxKernels.Sm90);
        var whole = TrainPack(device, split, [Parameters, Parameters with { HiddenUnits = 70 }]);
        var results = new Dictionary<int, TrainingResult>();
        var checkpoints = new List<TrainingCheckpoint>();
        device.TrainPack(
            split,
            [
                new PackMember(Parameters, new TrainingRun { Continue = (epoch, _) => epoch < 2 }),
                new PackMember(Parameters with { HiddenUnits = 70 }, new TrainingRun { OnCheckpoint = copy => checkpoints.Add(copy()) }),
            ],
            results.Add);

        Assert.Equal((TrainingOutcome.Stopped, 2), (results[0].Outcome, results[0].History.Epochs));
        Assert.Equal(TrainingCases.Bits(whole[1]), TrainingCases.Bits(results[1]));
        Assert.Equal([1, 2], checkpoints.Select(checkpoint => checkpoint.Epochs.Count));
        PackMember[] later =
        [
            new PackMember(Parameters, new TrainingRun { From = results[0].Checkpoint, KeepCheckpoint = true }),
            new PackMember(Parameters with { HiddenUnits = 70 }, new TrainingRun { From = checkpoints[0] }),
        ];
        results.Clear();
        device.TrainPack(split, later, results.Add);
        for (var i = 0; i < later.Length; i++) Assert.Equal(TrainingCases.Bits(whole[i]), TrainingCases.Bits(results[i]));
        Assert.Equal(Parameters.Epochs, results[0].Checkpoint!.Epochs.Count);
        Assert.Throws<ArgumentException>(() => new CpuTrainingDevice().Train(split, Parameters, later[0].Run));
    }

    [Fact]
    public void A_Trial_That_Goes_On_From_Another_Ends_In_The_Bits_That_It_Has_Alone()
    {
        var split = TrainingCases.Split(33, 17, 3);
        using var device = SimulatedGpu.Open(kernels: PtxKernels.Sm90);
        HyperParameters[] trials =
        [
            Parameters with { Epochs = 1 },
            Parameters with { HiddenUnits = 70, Epochs = 2, RestoreBest = Objective.Accuracy },
            Parameters with { Epochs = 2 },
            Parameters with { LearningRate = 3e38, Epochs = 1 },
            Parameters with { LearningRate = 3e38, Epochs = 3 },
            Parameters with { Epochs = 4 },
            Parameters with { HiddenUnits = 70, Epochs = 3, RestoreBest = Objective.Accuracy },
        ];
        int?[] after = [null, null, 0, null, 3, 2, 1];
        var epochs = new List<(int Trial, int Epoch)>();
        var results = new Dictionary<int, TrainingResult>();

        device.TrainPack(split, [.. trials.Select(Member)], results.Add);

        Assert.Equal([1, 2, 3, 4], epochs.Where(one => one.Trial is 0 or 2 or 5).Select(one => one.Epoch));
        Assert.Equal(TrainingOutcome.Diverged, results[4].Outcome);
        for (var i = 0; i < trials.Length; i++)
        {
            var alone = device.Train(split, trials[i]);
            Assert.Equal(TrainingCases.Bits(alone), TrainingCases.Bits(results[i]));
            Assert.Equal((alone.Outcome, alone.BestEpoch), (results[i].Outcome, results[i].BestEpoch));
        }

        PackMember Member(HyperParameters parameters, int trial) =>
            new(parameters, new TrainingRun { OnEpoch = (epoch, _) => epochs.Add((trial, epoch)) }) { After = after[trial] };
    }

    [Fact]
    public void None_Goes_On_From_One_That_Is_Stopped_Or_Another_One()
    {
        var split = TrainingCases.Split(33, 17, 3);
        using var gpu = SimulatedGpu.Open(kernels: PtxKernels.Sm90);
        foreach (var device in new ITrainingDevice[] { gpu, new CpuTrainingDevice() })
        {
            var ended = new List<int>();
            device.TrainPack(split, [Stopped(), Longer(0)], (position, _) => ended.Add(position));
            Assert.Equal([0], ended);
            Assert.Throws<ArgumentException>(() => device.TrainPack(split, [Stopped(), Longer(1)], (_, _) => { }));
            Assert.Throws<ArgumentException>(() => device.TrainPack(split, [Longer(null), Longer(0)], (_, _) => { }));
        }

        static PackMember Stopped() => new(Parameters, new TrainingRun { Continue = (_, _) => false });

        static PackMember Longer(int? after) => new(Parameters with { Epochs = 9 }, new TrainingRun()) { After = after };
    }

    [Fact]
    public void Cancellation_Ends_The_Whole_Pack_Within_An_Epoch()
    {
        using var device = SimulatedGpu.Open(kernels: PtxKernels.Sm90);
        using var cancellation = new CancellationTokenSource();
        var epochs = 0;
        var run = new TrainingRun
        {
            OnEpoch = (epoch, _) =>
            {
                epochs = epoch;
                cancellation.Cancel();
            },
        };

        Assert.Throws<OperationCanceledException>(() => device.TrainPack(
            TrainingCases.Split(33, 17, 3),
            [new PackMember(Parameters, run), new PackMember(Parameters with { Seed = 9 }, new TrainingRun())],
            (_, _) => Assert.Fail("Nothing has ended."),
            cancellation.Token));

        Assert.Equal(1, epochs);
    }

    [Fact]
    public void Inputs_Without_A_Value_End_A_Trial_Before_Any_Step()
    {
        var rows = TrainingCases.Rows(20, 4, 2);
        rows.Features[17] = float.NaN;
        using var device = SimulatedGpu.Open(kernels: PtxKernels.Sm90);

        var result = device.Train(new TrainingSplit(rows, rows, 2), Parameters with { BatchSize = 20 });

        Assert.Equal((TrainingOutcome.Diverged, 0), (result.Outcome, result.History.Epochs));
        var start = TrainingCases.Start(4, Parameters.HiddenUnits, 2, Parameters.Seed);
        Assert.Equal(start.Layers[0].Weights, result.Weights.Layers[0].Weights);
    }

    [Fact]
    public void What_Does_Not_Fit_Is_Refused_Before_Any_Work()
    {
        using var device = SimulatedGpu.Open();
        var split = TrainingCases.Split(20, 4, 3);

        Assert.Throws<ArgumentException>(() => device.Train(split with { Classes = 2 }, Parameters));
        Assert.Throws<ArgumentException>(() => device.Train(split, Parameters with { LearningRate = 0 }));
    }

    [Fact]
    public void Whatever_Machine_This_Is_The_Gpu_Opens_Or_Its_Absence_Has_A_Reason()
    {
        var opened = CudaDevices.TryOpen(out var device, out var reason);

        using var owned = device as IDisposable;
        Assert.Equal(opened, device is not null);
        Assert.NotEmpty(reason);
        if (opened) Assert.Equal("cuda", device!.Capacity.Device);
        else Assert.EndsWith(".", reason, StringComparison.Ordinal);
    }

    private static Dictionary<int, TrainingResult> TrainPack(ITrainingDevice device, TrainingSplit split, HyperParameters[] trials)
    {
        var results = new Dictionary<int, TrainingResult>();
        device.TrainPack(split, [.. trials.Select(trial => new PackMember(trial, new TrainingRun()))], results.Add);
        return results;
    }

    private static void TrainsAsTheCpu(ITrainingDevice device, TrainingSplit split, HyperParameters[] trials)
    {
        var results = TrainPack(device, split, trials);
        for (var i = 0; i < trials.Length; i++)
        {
            var expected = new CpuTrainingDevice().Train(split, trials[i]);
            var actual = results[i];
            Assert.Equal(expected.Outcome, actual.Outcome);
            AssertClose(expected.History.Loss, actual.History.Loss);
            AssertClose(expected.History.Accuracy, actual.History.Accuracy);
            AssertClose(expected.History.ValidationLoss, actual.History.ValidationLoss);
            AssertClose(expected.History.ValidationAccuracy, actual.History.ValidationAccuracy);
            if (expected.Outcome == TrainingOutcome.Diverged) continue;
            AssertClose(expected.Weights.Layers[0].Weights, actual.Weights.Layers[0].Weights);
            AssertClose(expected.Weights.Layers[0].Biases, actual.Weights.Layers[0].Biases);
            AssertClose(expected.Weights.Layers[1].Weights, actual.Weights.Layers[1].Weights);
            AssertClose(expected.Weights.Layers[1].Biases, actual.Weights.Layers[1].Biases);
        }
    }

    private static void AssertClose(double[] expected, double[] actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= 1e-4);

    private static void AssertClose(float[] expected, float[] actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= 2e-4);
}
