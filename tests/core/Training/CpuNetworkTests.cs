using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using Xunit;

namespace MusicPipeline.Tests.Training;

public sealed class CpuNetworkTests
{
    private const double LearningRate = 0.003;

    public static TheoryData<int, int, int, int, int, int, Activation, double> Shapes
    {
        get
        {
            (Activation, double)[] options =
                [(Activation.Sigmoid, 0), (Activation.Sigmoid, 0.5), (Activation.Tanh, 0), (Activation.Relu, 0), (Activation.Relu, 0.5)];
            // rows, features, hidden units, classes, batch size; each in every vector width.
            (int, int, int, int, int)[] shapes =
            [
                (1, 17, 3, 2, 1),
                (7, 1, 1, 2, 3),
                (33, 17, 37, 3, 16),
                (65, 120, 4, 10, 64),
                (90, 17, 130, 37, 31),
                (40, 6, 16, 4, 40),
                (257, 30, 64, 10, 128),
                (50, 5, 100, 11, 200),
            ];
            var data = new TheoryData<int, int, int, int, int, int, Activation, double>();
            foreach (var (rows, features, hidden, classes, batch) in shapes)
            {
                foreach (var width in Enum.GetValues<VectorWidth>())
                {
                    foreach (var (activation, decay) in options)
                        data.Add(rows, features, hidden, classes, batch, (int)width, activation, decay);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Follows_The_Float64_Reference_Step_By_Step(
        int rows, int features, int hidden, int classes, int batch, int width, Activation activation, double decay)
    {
        var data = TrainingCases.Rows(rows, features, classes);
        var start = TrainingCases.Start(features, hidden, classes, seed: 3, activation);
        var reference = new ReferenceNetwork(start);
        using var network = CpuNetwork.Create(
            start, Math.Min(batch, rows), new StepRules(LearningRate) { WeightDecay = decay }, (VectorWidth)width);
        var order = new RowOrder(rows, seed: 4);

        for (var epoch = 0; epoch < 6; epoch++)
        {
            order.Shuffle();
            // A rate that changes, as schedules have it.
            var rate = LearningRate / (1 + epoch);
            network.SetLearningRate(rate);
            for (var at = 0; at < rows; at += batch)
            {
                var drawn = order.Rows.Slice(at, Math.Min(batch, rows - at));
                var expected = reference.Step(data, drawn, rate, decay);
                var loss = network.Step(data, order.Rows, at, Math.Min(batch, rows - at)).LossSum / drawn.Length;
                Assert.Equal(expected, loss, expected * 1e-5);
            }
        }

        AssertClose(reference, network.ToWeights());
        AssertScores(reference, network, data);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Weights_Come_Back_As_They_Went_In(int width)
    {
        var weights = TrainingCases.Start(17, 130, 37, seed: 1);
        using var network = CpuNetwork.Create(weights, 5, width: (VectorWidth)width);

        var copy = network.ToWeights();

        Assert.Equal(weights.Layers[0].Weights, copy.Layers[0].Weights);
        Assert.Equal(weights.Layers[0].Biases, copy.Layers[0].Biases);
        Assert.Equal(weights.Layers[1].Weights, copy.Layers[1].Weights);
        Assert.Equal(weights.Layers[1].Biases, copy.Layers[1].Biases);
    }

    [Fact]
    public void Steps_And_Scores_Allocate_Nothing()
    {
        var data = TrainingCases.Rows(150, 20, 5);
        using var network = CpuNetwork.Create(TrainingCases.Start(20, 40, 5, seed: 1), 64, new StepRules(LearningRate));
        var order = new RowOrder(150, seed: 1);
        Run(network, data, order);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var epoch = 0; epoch < 5; epoch++) Run(network, data, order);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Run(CpuNetwork network, LabelledRows data, RowOrder order)
    {
        order.Shuffle();
        for (var at = 0; at < data.Rows; at += 64) network.Step(data, order.Rows, at, Math.Min(64, data.Rows - at));
        network.Score(data);
    }

    private static void AssertClose(ReferenceNetwork reference, NetworkWeights weights)
    {
        float[][] actual = [.. weights.Layers.SelectMany(layer => (float[][])[layer.Weights, layer.Biases])];
        for (var p = 0; p < actual.Length; p++)
        {
            Assert.Equal(reference.Parameters[p].Length, actual[p].Length);
            for (var i = 0; i < actual[p].Length; i++) Assert.Equal(reference.Parameters[p][i], actual[p][i], 1e-4);
        }
    }

    private static void AssertScores(ReferenceNetwork reference, CpuNetwork network, LabelledRows data)
    {
        var classes = reference.Parameters[^1].Length;
        var probabilities = new float[data.Rows * classes];
        network.Predict(data.Features, probabilities);
        double loss = 0;
        var correct = 0;
        for (var row = 0; row < data.Rows; row++)
        {
            var expected = reference.Forward(data.Row(row));
            for (var c = 0; c < classes; c++) Assert.Equal(expected[c], probabilities[(row * classes) + c], 1e-5);
            loss -= Math.Log(expected[data.Labels[row]]);
            correct += Array.IndexOf(expected, expected.Max()) == data.Labels[row] ? 1 : 0;
        }

        var score = network.Score(data);
        Assert.Equal(loss, score.LossSum, loss * 1e-5);
        Assert.Equal(correct, score.Correct);
    }
}
