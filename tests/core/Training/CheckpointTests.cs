using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Checkpoints;
using MusicPipeline.Training.Cpu;
using Xunit;

namespace MusicPipeline.Tests.Training;

public sealed class CheckpointTests
{
    private const string Owner = "ab12 1";

    private static readonly HyperParameters Parameters = new(0.01, 24, 5, BatchSize: 32, Seed: 7);

    // rows, features, hidden units, classes, batch size
    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 300, 20, 24, 5, 32 },
        { 33, 17, 37, 3, 16 },
        { 90, 17, 130, 37, 31 },
        { 7, 1, 1, 2, 3 },
        { 50, 5, 100, 11, 200 },
        { 257, 30, 64, 10, 128 },
    };

    public static TheoryData<Activation, LearningRateSchedule, double> Options => new()
    {
        { Activation.Tanh, LearningRateSchedule.Constant, 0 },
        { Activation.Relu, LearningRateSchedule.Cosine, 0.01 },
        { Activation.Sigmoid, LearningRateSchedule.Step, 0.1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_Run_That_Goes_On_After_Any_Epoch_Ends_In_The_Same_Bits(int rows, int features, int hidden, int classes, int batch)
    {
        var split = TrainingCases.Split(rows, features, classes);
        var parameters = Parameters with { HiddenUnits = hidden, BatchSize = batch };
        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            var device = new CpuTrainingDevice(width);
            var whole = TrainingCases.Bits(device.Train(split, parameters));
            var (files, _) = Checkpoints(device, split, parameters);
            Assert.Equal(parameters.Epochs - 1, files.Count);
            for (var epoch = 1; epoch <= files.Count; epoch++)
            {
                var from = CheckpointFile.TryRead(Owner, files[epoch - 1])!.Value.Checkpoint;
                var later = new List<int>();

                var resumed = device.Train(split, parameters, new TrainingRun { From = from, OnEpoch = (done, _) => later.Add(done) });

                Assert.Equal(whole, TrainingCases.Bits(resumed));
                Assert.Equal(Enumerable.Range(epoch + 1, parameters.Epochs - epoch), later);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Options_Travel_With_A_Checkpoint(Activation activation, LearningRateSchedule schedule, double decay)
    {
        var (device, split) = (new CpuTrainingDevice(), TrainingCases.Split());
        var parameters = Parameters with { Activation = activation, Schedule = schedule, WeightDecay = decay };
        var (files, checkpoints) = Checkpoints(device, split, parameters);

        var read = CheckpointFile.TryRead(Owner, files[1])!.Value.Checkpoint;

        Assert.Equivalent(checkpoints[1], read, strict: true);
        Assert.Equal((parameters, activation), (read.Parameters, read.Weights.Activation));
        Assert.Equal(
            TrainingCases.Bits(device.Train(split, parameters)),
            TrainingCases.Bits(device.Train(split, parameters, new TrainingRun { From = read })));
        Assert.False(device.CanResume(read, split, Parameters));
    }

    [Fact]
    public void Momentum_Keeps_No_Squared_Gradients()
    {
        var (device, split) = (new CpuTrainingDevice(), TrainingCases.Split());
        var parameters = Parameters with { Optimizer = Optimizer.Sgd, Layers = 2 };
        var (files, checkpoints) = Checkpoints(device, split, parameters);
        var (adam, _) = Checkpoints(device, split, parameters with { Optimizer = Optimizer.Adam });

        var read = CheckpointFile.TryRead(Owner, files[1])!.Value.Checkpoint;

        Assert.Equal(sizeof(float) * checkpoints[1].Weights.ParameterCount, adam[1].Length - files[1].Length);
        Assert.Equivalent(checkpoints[1], read, strict: true);
        Assert.Equal(
            TrainingCases.Bits(device.Train(split, parameters)),
            TrainingCases.Bits(device.Train(split, parameters, new TrainingRun { From = read })));
    }

    [Fact]
    public void A_Run_At_A_Constant_Rate_Goes_On_For_More_Epochs()
    {
        var (device, split) = (new CpuTrainingDevice(), TrainingCases.Split());
        var more = Parameters with { Epochs = 9 };
        var ended = device.Train(split, Parameters, new TrainingRun { KeepCheckpoint = true }).Checkpoint!;

        var extended = device.Train(split, more, new TrainingRun { From = ended });

        Assert.Equal(TrainingCases.Bits(device.Train(split, more)), TrainingCases.Bits(extended));
        Assert.False(device.CanResume(ended, split, Parameters));
        var cosine = Parameters with { Schedule = LearningRateSchedule.Cosine };
        var other = device.Train(split, cosine, new TrainingRun { KeepCheckpoint = true }).Checkpoint!;
        Assert.False(device.CanResume(other, split, cosine with { Epochs = 9 }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_Run_That_Is_Stopped_Goes_On_From_Its_Checkpoint(int stopAfter)
    {
        var (device, split) = (new CpuTrainingDevice(), TrainingCases.Split());
        var asked = new List<int>();
        var stopped = device.Train(split, Parameters, new TrainingRun { Continue = (epoch, _) => Ask(epoch) });

        Assert.Equal(TrainingOutcome.Stopped, stopped.Outcome);
        Assert.Equal(Enumerable.Range(1, stopAfter), asked);
        Assert.Equal(stopAfter, stopped.History.Epochs);
        var resumed = device.Train(split, Parameters, new TrainingRun { From = stopped.Checkpoint, KeepCheckpoint = true });
        Assert.Equal(TrainingCases.Bits(device.Train(split, Parameters)), TrainingCases.Bits(resumed));
        Assert.Equal(Parameters.Epochs, resumed.Checkpoint!.Epochs.Count);

        bool Ask(int epoch)
        {
            asked.Add(epoch);
            return epoch < stopAfter;
        }
    }

    [Fact]
    public void A_Pack_Trains_Each_Member_As_It_Would_Be_Trained_Alone()
    {
        ITrainingDevice device = new CpuTrainingDevice();
        var split = TrainingCases.Split();
        HyperParameters[] trials = [Parameters, Parameters with { HiddenUnits = 3, Epochs = 2 }];
        var results = new Dictionary<int, TrainingResult>();

        device.TrainPack(split, [.. trials.Select(trial => new PackMember(trial, new TrainingRun()))], results.Add);

        Assert.Equal(1, device.Capacity.MaxTrials);
        Assert.Equal([0, 1], results.Keys.Order());
        Assert.All(
            results, pair => Assert.Equal(TrainingCases.Bits(device.Train(split, trials[pair.Key])), TrainingCases.Bits(pair.Value)));
    }

    [Fact]
    public void A_Run_That_Was_Resumed_Offers_The_Same_Checkpoints()
    {
        var (device, split) = (new CpuTrainingDevice(), TrainingCases.Split());
        var (files, checkpoints) = Checkpoints(device, split, Parameters);

        var (later, _) = Checkpoints(device, split, Parameters, checkpoints[0]);

        Assert.Equal(files.Skip(1), later);
    }

    [Fact]
    public void Taking_Checkpoints_Changes_No_Bit()
    {
        var (device, split) = (new CpuTrainingDevice(), TrainingCases.Split());
        var copies = new List<TrainingCheckpoint>();

        var result = device.Train(split, Parameters, new TrainingRun { OnCheckpoint = copy => copies.Add(copy()) });

        Assert.Equal(TrainingCases.Bits(device.Train(split, Parameters)), TrainingCases.Bits(result));
        Assert.Equal([1, 2, 3, 4], copies.Select(copy => copy.Epochs.Count));
        Assert.NotEqual(copies[0].Weights.Layers[0].Weights, copies[1].Weights.Layers[0].Weights);
    }

    [Fact]
    public void A_Run_That_Diverges_Does_So_After_A_Resume_Too()
    {
        var (device, split) = (new CpuTrainingDevice(), TrainingCases.Split());
        var (_, checkpoints) = Checkpoints(device, split, Parameters);
        var layers = checkpoints[1].Weights.Layers;
        var broken = checkpoints[1] with
        {
            Weights = checkpoints[1].Weights with
            {
                Layers = [layers[0], layers[1] with { Biases = [.. layers[1].Biases.Select(_ => float.NaN)] }],
            },
        };

        var result = device.Train(split, Parameters, new TrainingRun { From = broken });

        Assert.Equal((TrainingOutcome.Diverged, 2), (result.Outcome, result.History.Epochs));
    }

    [Fact]
    public void What_Belongs_To_Another_Run_Is_Refused()
    {
        var (device, split) = (new CpuTrainingDevice(VectorWidth.Bits256), TrainingCases.Split());
        var checkpoint = Checkpoints(device, split, Parameters).Checkpoints[0];

        Assert.True(device.CanResume(checkpoint, split, Parameters));
        Assert.False(new CpuTrainingDevice(VectorWidth.Bits128).CanResume(checkpoint, split, Parameters));
        Assert.False(device.CanResume(checkpoint with { Arithmetic = "cuda" }, split, Parameters));
        Assert.False(device.CanResume(checkpoint, split, Parameters with { Seed = 8 }));
        Assert.False(device.CanResume(checkpoint, TrainingCases.Split(rows: 301), Parameters));
        Assert.False(device.CanResume(checkpoint, TrainingCases.Split(features: 21), Parameters));
        Assert.False(device.CanResume(checkpoint, TrainingCases.Split(classes: 6), Parameters));
        Assert.False(device.CanResume(checkpoint with { Epochs = [.. Enumerable.Repeat(checkpoint.Epochs[0], 5)] }, split, Parameters));
        Assert.Throws<ArgumentException>(() => device.Train(split, Parameters with { Seed = 8 }, new TrainingRun { From = checkpoint }));
    }

    [Fact]
    public void A_File_Holds_Everything_And_Belongs_To_Its_Owner()
    {
        var (files, checkpoints) = Checkpoints(new CpuTrainingDevice(), TrainingCases.Split(), Parameters);

        var (seconds, read) = CheckpointFile.TryRead(Owner, files[2])!.Value;

        Assert.Equal(12.5, seconds);
        Assert.Equivalent(checkpoints[2], read, strict: true);
        Assert.Equal(CheckpointFile.LengthOf(read.Weights.ParameterCount), files[2].Length, 400.0);
        Assert.Null(CheckpointFile.TryRead("ab12 2", files[2]));
    }

    [Fact]
    public void A_Damaged_File_Is_None()
    {
        var split = TrainingCases.Split(rows: 30, features: 2, classes: 2);
        var file = Checkpoints(new CpuTrainingDevice(), split, Parameters with { HiddenUnits = 1 }).Files[0];
        Assert.NotNull(CheckpointFile.TryRead(Owner, file));

        for (var length = 0; length < file.Length; length++) Assert.Null(CheckpointFile.TryRead(Owner, file.AsSpan(0, length)));
        for (var at = 0; at < file.Length; at++)
        {
            file[at] ^= 1;
            Assert.Null(CheckpointFile.TryRead(Owner, file));
            file[at] ^= 1;
        }

        Assert.Null(CheckpointFile.TryRead(Owner, [.. file, 0]));
    }

    [Fact]
    public void A_File_With_The_Right_Sum_Over_The_Wrong_Content_Is_None()
    {
        var split = TrainingCases.Split(rows: 30, features: 2, classes: 2);
        var file = Checkpoints(new CpuTrainingDevice(), split, Parameters with { HiddenUnits = 1 }).Files[0];
        var header = 5 + 32;
        for (var at = header; at < file.Length; at++)
        {
            var changed = file.ToArray();
            changed[at] = 0xff;
            System.Security.Cryptography.SHA256.HashData(changed.AsSpan(header), changed.AsSpan(5));

            // Numbers may be anything; what must not happen is an exception or a wild allocation.
            var read = CheckpointFile.TryRead(Owner, changed);

            Assert.True(read is null || read.Value.Checkpoint.Weights.ParameterCount <= file.Length);
        }
    }

    private static (List<byte[]> Files, List<TrainingCheckpoint> Checkpoints) Checkpoints(
        CpuTrainingDevice device, TrainingSplit split, HyperParameters parameters, TrainingCheckpoint? from = null)
    {
        var checkpoints = new List<TrainingCheckpoint>();
        device.Train(split, parameters, new TrainingRun { From = from, OnCheckpoint = copy => checkpoints.Add(copy()) });
        return ([.. checkpoints.Select(checkpoint => CheckpointFile.Write(Owner, 12.5, checkpoint))], checkpoints);
    }
}
