using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Checkpoints;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Training.Models;
using Xunit;

namespace MusicPipeline.Tests.Training;

public sealed class DeepTrainingTests
{
    private const string Owner = "ab12 1";

    private static readonly HyperParameters Deep = new(0.01, 37, 6, BatchSize: 32, Seed: 7)
    {
        Layers = 3,
        Dropout = 0.3,
        LabelSmoothing = 0.1,
        ClassWeights = ClassWeights.Balanced,
        Activation = Activation.Relu,
        WeightDecay = 0.01,
        RestoreBest = Objective.MacroF1,
    };

    [Theory]
    [InlineData(Optimizer.Adam, LearningRateSchedule.Cosine)]
    [InlineData(Optimizer.Sgd, LearningRateSchedule.Constant)]
    public void A_Run_With_Every_Option_Goes_On_From_A_File_To_The_Same_Bits(Optimizer optimizer, LearningRateSchedule schedule)
    {
        var parameters = Deep with { Optimizer = optimizer, Schedule = schedule };
        var split = TrainingCases.Split();
        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            var device = new CpuTrainingDevice(width);
            var files = new List<byte[]>();
            var run = new TrainingRun { OnCheckpoint = copy => files.Add(CheckpointFile.Write(Owner, 1, copy())) };
            var whole = device.Train(split, parameters, run);
            Assert.Equal(TrainingCases.Bits(whole), TrainingCases.Bits(device.Train(split, parameters)));
            foreach (var file in files)
            {
                var from = CheckpointFile.TryRead(Owner, file)!.Value.Checkpoint;
                Assert.Equal(parameters, from.Parameters);

                var resumed = device.Train(split, parameters, new TrainingRun { From = from });

                Assert.Equal(TrainingCases.Bits(whole), TrainingCases.Bits(resumed));
                Assert.Equal(whole.BestEpoch, resumed.BestEpoch);
                Assert.Equal(whole.History.ValidationMacroF1, resumed.History.ValidationMacroF1);
                Assert.Equal(whole.History.ValidationBalancedAccuracy, resumed.History.ValidationBalancedAccuracy);
            }
        }
    }

    [Fact]
    public void Vector_Widths_Agree_But_For_Rounding()
    {
        var split = TrainingCases.Split();
        var results = Enum.GetValues<VectorWidth>().Select(width => new CpuTrainingDevice(width).Train(split, Deep)).ToArray();

        foreach (var result in results[1..])
        {
            for (var epoch = 0; epoch < Deep.Epochs; epoch++)
                Assert.Equal(results[0].History.Loss[epoch], result.History.Loss[epoch], 1e-4);
        }
    }

    [Theory]
    [InlineData(Objective.Accuracy)]
    [InlineData(Objective.BalancedAccuracy)]
    [InlineData(Objective.MacroF1)]
    [InlineData(Objective.Loss)]
    public void The_Best_Epochs_Weights_Are_Kept(Objective objective)
    {
        // A rate at which the figures go up and down.
        var parameters = new HyperParameters(0.3, 16, 9, 32, 3) { Layers = 2, Activation = Activation.Tanh };
        var split = TrainingCases.Split();
        var device = new CpuTrainingDevice();
        var weights = new List<NetworkWeights>();
        var plain = device.Train(split, parameters, new TrainingRun { OnCheckpoint = copy => weights.Add(copy().Weights) });
        weights.Add(plain.Weights);
        var curve = plain.History.Of(objective)!;
        var best = Array.IndexOf(curve, objective == Objective.Loss ? curve.Min() : curve.Max());

        var result = device.Train(split, parameters with { RestoreBest = objective });

        Assert.Null(plain.BestEpoch);
        Assert.InRange(best, 0, 7);
        Assert.Equal(best + 1, result.BestEpoch);
        Assert.Equivalent(weights[best], result.Weights, strict: true);
        Assert.Equivalent(plain.History, result.History, strict: true);
    }

    [Fact]
    public void Metrics_Of_Each_Epoch_Are_Those_Of_The_Confusion_Matrix()
    {
        var split = TrainingCases.Split();
        var result = new CpuTrainingDevice().Train(split, Deep with { RestoreBest = null, Epochs = 1 });
        var probabilities = Network.Probabilities(result.Weights, split.Validation.Features);
        long[] predicted = [.. probabilities.Chunk(5).Select(row => (long)Array.IndexOf(row, row.Max()))];
        var matrix = ConfusionMatrix.Of([0, 1, 2, 3, 4], [.. split.Validation.Labels.Select(label => (long)label)], predicted);

        Assert.Equal(matrix.BalancedAccuracy, result.History.ValidationBalancedAccuracy![0], 1e-12);
        Assert.Equal(
            matrix.PerClass.Average(c => c.Precision is { } p && c.Recall is { } r && p + r > 0 ? 2 * p * r / (p + r) : 0),
            result.History.ValidationMacroF1![0],
            1e-12);
    }

    [Fact]
    public void Classes_Without_Rows_Count_Only_Where_They_Are_Predicted()
    {
        var hits = new ClassHits(new LabelledRows(new float[4], 1, [0, 0, 1, 1]), 4);
        foreach (var (label, predicted) in ((int, int)[])[(0, 0), (0, 2), (1, 1), (1, 1)]) hits.Add(label, predicted);

        Assert.Equal(0.75, hits.BalancedAccuracy, 1e-12);
        Assert.Equal(((2.0 / 3) + 1 + 0) / 3, hits.MacroF1, 1e-12);
    }

    [Fact]
    public void Balanced_Weights_Are_Those_Of_Scikit_Learn()
    {
        int[] labels = [0, 0, 0, 0, 0, 0, 2, 2];
        var rows = new LabelledRows(new float[8], 1, labels);

        var rules = StepRules.Of(new TrainingSplit(rows, rows, 3), Deep, epochsDone: 0);

        Assert.Equal([8f / 12, 0f, 8f / 4], rules.ClassWeights!);
    }

    [Fact]
    public void Steps_Done_Are_Counted_Over_Short_Batches()
    {
        var split = TrainingCases.Split(rows: 65);
        Assert.Equal(6, StepRules.Of(split, Deep, epochsDone: 2).StepsDone);
        Assert.Equal(2, StepRules.Of(split, Deep with { BatchSize = int.MaxValue }, epochsDone: 2).StepsDone);
    }

    [Fact]
    public void Initial_Weights_Of_Deep_Relu_Networks_Fill_Hes_Range()
    {
        var deep = TrainingCases.Start(120, 64, 10, 1, Activation.Relu, layers: 2);
        var tanh = TrainingCases.Start(120, 64, 10, 1, Activation.Tanh, layers: 2);

        Assert.InRange(deep.Layers[0].Weights.Max(), 0.98 * Math.Sqrt(6.0 / 120), Math.Sqrt(6.0 / 120));
        Assert.InRange(deep.Layers[1].Weights.Max(), 0.98 * Math.Sqrt(6.0 / 64), Math.Sqrt(6.0 / 64));
        Assert.InRange(deep.Layers[2].Weights.Max(), 0.97 * Math.Sqrt(6.0 / 74), Math.Sqrt(6.0 / 74));
        Assert.InRange(tanh.Layers[1].Weights.Max(), 0.98 * Math.Sqrt(6.0 / 128), Math.Sqrt(6.0 / 128));
    }
}
