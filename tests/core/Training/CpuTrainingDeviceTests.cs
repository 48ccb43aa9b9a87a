using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using Xunit;

namespace MusicPipeline.Tests.Training;

public sealed class CpuTrainingDeviceTests
{
    private static readonly HyperParameters Good = new(0.01, 24, 8, BatchSize: 32, Seed: 7);
    private static readonly HyperParameters Bad = Good with { LearningRate = 1e36 };

    [Fact]
    public void Learns_And_Reports_Every_Epoch()
    {
        var split = TrainingCases.Split();
        var reported = new List<(int, EpochMetrics)>();

        var result = new CpuTrainingDevice().Train(split, Good, (epoch, metrics) => reported.Add((epoch, metrics)));

        Assert.Equal(TrainingOutcome.Completed, result.Outcome);
        Assert.Equal(Enumerable.Range(1, 8), reported.Select(r => r.Item1));
        Assert.Equal(result.History.Loss, reported.Select(r => r.Item2.Loss));
        Assert.Equal(result.History.ValidationAccuracy, reported.Select(r => r.Item2.ValidationAccuracy));
        Assert.True(result.History.Loss[^1] < result.History.Loss[0]);
        Assert.True(result.History.ValidationAccuracy[^1] > 0.9);
        Assert.Equal(
            Network.Evaluate(result.Weights, split.Validation),
            (result.History.ValidationLoss[^1], result.History.ValidationAccuracy[^1]));
    }

    [Theory]
    [InlineData(Activation.Sigmoid, LearningRateSchedule.Cosine, 0)]
    [InlineData(Activation.Tanh, LearningRateSchedule.Step, 0.1)]
    [InlineData(Activation.Relu, LearningRateSchedule.Cosine, 0.1)]
    [InlineData(Activation.Relu, LearningRateSchedule.Constant, 1)]
    public void Whole_Runs_Follow_The_Float64_Reference(Activation activation, LearningRateSchedule schedule, double decay)
    {
        var split = TrainingCases.Split();
        var parameters = Good with { Activation = activation, Schedule = schedule, WeightDecay = decay };
        var reference = new ReferenceNetwork(
            TrainingCases.Start(20, parameters.HiddenUnits, 5, parameters.Seed, activation));
        var order = new RowOrder(split.Training.Rows, parameters.Seed);
        // The definition in other words: what the rate is multiplied by in each of the eight epochs.
        double[] factors = schedule switch
        {
            LearningRateSchedule.Cosine => [.. Enumerable.Range(0, 8).Select(e => Math.Pow(Math.Cos(Math.PI * e / 16), 2))],
            LearningRateSchedule.Step => [1, 1, 1, 1, 0.1, 0.1, 0.01, 0.01],
            _ => [1, 1, 1, 1, 1, 1, 1, 1],
        };

        var result = new CpuTrainingDevice().Train(split, parameters);

        for (var epoch = 0; epoch < factors.Length; epoch++)
        {
            order.Shuffle();
            double loss = 0;
            for (var at = 0; at < 300; at += 32)
            {
                var rows = order.Rows.Slice(at, Math.Min(32, 300 - at));
                loss += reference.Step(split.Training, rows, parameters.LearningRate * factors[epoch], decay) * rows.Length / 300;
            }

            Assert.Equal(loss, result.History.Loss[epoch], loss * 1e-5);
        }

        Assert.Equal(activation, result.Weights.Activation);
        var weights = result.Weights.Layers[0].Weights;
        for (var i = 0; i < weights.Length; i++) Assert.Equal(reference.Parameters[0][i], weights[i], 1e-4);
        // The same weights scored in batches of another size: all but the last bits.
        var (lossAfter, accuracy) = Network.Evaluate(result.Weights, split.Validation);
        Assert.Equal(lossAfter, result.History.ValidationLoss[^1], 1e-12);
        Assert.Equal(accuracy, result.History.ValidationAccuracy[^1]);
    }

    [Fact]
    public void One_Seed_Gives_The_Same_Bits_And_Another_Gives_Others()
    {
        var split = TrainingCases.Split();

        var first = TrainingCases.Bits(new CpuTrainingDevice().Train(split, Good));

        Assert.Equal(first, TrainingCases.Bits(new CpuTrainingDevice().Train(split, Good)));
        Assert.NotEqual(first, TrainingCases.Bits(new CpuTrainingDevice().Train(split, Good with { Seed = 8 })));
    }

    [Fact]
    public void Runs_Side_By_Side_Spoil_Nothing_Even_Where_One_Diverges()
    {
        var split = TrainingCases.Split();
        var alone = TrainingCases.Bits(new CpuTrainingDevice().Train(split, Good));
        var device = new CpuTrainingDevice();
        var results = new TrainingResult[8];

        Parallel.For(0, results.Length, i => results[i] = device.Train(split, i % 2 == 0 ? Good : Bad));

        for (var i = 0; i < results.Length; i += 2) Assert.Equal(alone, TrainingCases.Bits(results[i]));
        for (var i = 1; i < results.Length; i += 2) Assert.Equal(TrainingOutcome.Diverged, results[i].Outcome);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void A_Loss_Without_Bounds_Ends_The_Run_With_Its_History(int width)
    {
        var result = new CpuTrainingDevice((VectorWidth)width).Train(TrainingCases.Split(), Bad);

        Assert.Equal(TrainingOutcome.Diverged, result.Outcome);
        Assert.True(result.History.Epochs < Bad.Epochs);
        Assert.All(result.History.Loss.Concat(result.History.ValidationLoss), loss => Assert.True(double.IsFinite(loss)));
        Assert.Equal(result.History.Epochs, result.History.ValidationAccuracy.Length);
    }

    [Fact]
    public void Inputs_Without_A_Value_End_The_Run_Before_Any_Step()
    {
        var rows = TrainingCases.Rows(50, 4, 2);
        rows.Features[17] = float.NaN;

        var result = new CpuTrainingDevice().Train(new TrainingSplit(rows, rows, 2), Good with { BatchSize = 50 });

        Assert.Equal(TrainingOutcome.Diverged, result.Outcome);
        Assert.Equal(0, result.History.Epochs);
        Assert.Equal(TrainingCases.Start(4, Good.HiddenUnits, 2, Good.Seed).Layers[0].Weights, result.Weights.Layers[0].Weights);
    }

    [Fact]
    public void Cancellation_Takes_Effect_Within_An_Epoch()
    {
        using var cancellation = new CancellationTokenSource();
        var epochs = 0;

        Assert.Throws<OperationCanceledException>(() => new CpuTrainingDevice().Train(
            TrainingCases.Split(),
            Good,
            (epoch, _) =>
            {
                epochs = epoch;
                cancellation.Cancel();
            },
            cancellation.Token));

        Assert.Equal(1, epochs);
    }

    [Fact]
    public void What_Does_Not_Fit_Is_Refused_Before_Any_Work()
    {
        var device = new CpuTrainingDevice();
        var rows = TrainingCases.Rows(20, 4, 3);
        var none = new LabelledRows([], 4, []);
        var narrow = TrainingCases.Rows(20, 3, 3);

        Refuses(new TrainingSplit(rows, rows, 2), Good);
        Refuses(new TrainingSplit(none, rows, 3), Good);
        Refuses(new TrainingSplit(rows, none, 3), Good);
        Refuses(new TrainingSplit(rows, narrow, 3), Good);
        Refuses(new TrainingSplit(rows with { Features = rows.Features[1..] }, rows, 3), Good);
        foreach (var parameters in new[]
        {
            Good with { HiddenUnits = 0 }, Good with { HiddenUnits = int.MaxValue }, Good with { Epochs = 0 }, Good with { BatchSize = 0 },
            Good with { LearningRate = 0 }, Good with { LearningRate = double.NaN },
            Good with { WeightDecay = -0.1 }, Good with { WeightDecay = double.PositiveInfinity },
            Good with { Schedule = (LearningRateSchedule)3 }, Good with { Activation = (Activation)(-1) },
            Good with { Layers = 0 }, Good with { Layers = 9 }, Good with { Dropout = -0.1 }, Good with { Dropout = 0.91 },
            Good with { Dropout = double.NaN }, Good with { LabelSmoothing = -0.1 }, Good with { LabelSmoothing = 0.51 },
            Good with { ClassWeights = (ClassWeights)2 }, Good with { Optimizer = (Optimizer)2 }, Good with { RestoreBest = (Objective)4 },
        })
        {
            Refuses(new TrainingSplit(rows, rows, 3), parameters);
        }

        void Refuses(TrainingSplit split, HyperParameters parameters) =>
            Assert.ThrowsAny<ArgumentException>(() => device.Train(split, parameters));
    }
}
