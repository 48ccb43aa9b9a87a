using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using Xunit;

namespace MusicPipeline.Tests.Training;

public sealed class DeepNetworkTests
{
    private const double LearningRate = 0.003;

    private static readonly float[] Weights = [0.5f, 2f, 1.25f, 0.75f, 1f];

    // hidden layers, width of the vectors, activation, number of the options
    public static TheoryData<int, int, Activation, int> Cases
    {
        get
        {
            var data = new TheoryData<int, int, Activation, int>();
            foreach (var layers in (int[])[1, 2, 4, 8])
            {
                foreach (var width in Enum.GetValues<VectorWidth>())
                {
                    foreach (var activation in Enum.GetValues<Activation>())
                    {
                        for (var options = 0; options < Rules.Length; options++) data.Add(layers, (int)width, activation, options);
                    }
                }
            }

            return data;
        }
    }

    private static StepRules[] Rules =>
    [
        new(LearningRate),
        new(LearningRate) { Dropout = 0.3, Seed = 5, StepsDone = 7 },
        new(LearningRate) { LabelSmoothing = 0.1, ClassWeights = Weights },
        new(LearningRate) { Optimizer = Optimizer.Sgd, WeightDecay = 0.5 },
        new(LearningRate)
        {
            Dropout = 0.5, LabelSmoothing = 0.2, ClassWeights = Weights, Optimizer = Optimizer.Sgd, Seed = -1, WeightDecay = 0.1,
        },
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Follows_The_Float64_Reference_Step_By_Step(int layers, int width, Activation activation, int options)
    {
        // Units that are no whole vectors, and a last batch that is no whole tile.
        var data = TrainingCases.Rows(75, 17, 5);
        var rules = Rules[options];
        var start = TrainingCases.Start(17, options == 1 ? 70 : 37, 5, seed: 3, activation, layers);
        var reference = new ReferenceNetwork(start, rules);
        using var network = CpuNetwork.Create(start, 32, rules, (VectorWidth)width);
        var order = new RowOrder(75, seed: 4);

        for (var epoch = 0; epoch < 3; epoch++)
        {
            order.Shuffle();
            for (var at = 0; at < 75; at += 32)
            {
                var drawn = order.Rows.Slice(at, Math.Min(32, 75 - at));
                var expected = reference.Step(data, drawn, LearningRate, rules.WeightDecay);
                Assert.Equal(expected, network.Step(data, order.Rows, at, drawn.Length).LossSum / drawn.Length, expected * 2e-5);
            }
        }

        var weights = network.ToWeights();
        Assert.Equal(layers + 1, weights.Layers.Length);
        float[][] actual = [.. weights.Layers.SelectMany(layer => (float[][])[layer.Weights, layer.Biases])];
        for (var p = 0; p < actual.Length; p++)
        {
            for (var i = 0; i < actual[p].Length; i++) Assert.Equal(reference.Parameters[p][i], actual[p][i], 1e-4);
        }

        var probabilities = new float[75 * 5];
        network.Predict(data.Features, probabilities);
        for (var row = 0; row < 75; row++)
        {
            var expected = reference.Forward(data.Row(row));
            for (var c = 0; c < 5; c++) Assert.Equal(expected[c], probabilities[(row * 5) + c], 2e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Weights_And_State_Come_Back_As_They_Went_In(int layers)
    {
        var data = TrainingCases.Rows(64, 17, 5);
        var order = new RowOrder(64, 1);
        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            using var first = CpuNetwork.Create(TrainingCases.Start(17, 37, 5, 1, layers: layers), 16, Rules[1], width);
            first.Step(data, order.Rows, 0, 16);
            using var second = CpuNetwork.Create(first.ToWeights(), 16, Rules[1] with { StepsDone = 8 }, width);
            second.Restore(first.ToState());

            Assert.Equivalent(first.ToState(), second.ToState(), strict: true);
            Assert.Equal(first.Step(data, order.Rows, 16, 16), second.Step(data, order.Rows, 16, 16));
            Assert.Equivalent(first.ToWeights(), second.ToWeights(), strict: true);
        }
    }

    [Fact]
    public void Steps_And_Scores_Allocate_Nothing()
    {
        var data = TrainingCases.Rows(150, 20, 5);
        using var network = CpuNetwork.Create(TrainingCases.Start(20, 40, 5, 1, layers: 3), 64, Rules[4]);
        var order = new RowOrder(150, seed: 1);
        var hits = new ClassHits(data, 5);
        Run();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var epoch = 0; epoch < 5; epoch++) Run();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            for (var at = 0; at < 150; at += 64) network.Step(data, order.Rows, at, Math.Min(64, 150 - at));
            network.Score(data, hits);
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Dropout_Leaves_Out_Its_Share_Of_Every_Unit_Row_And_Step(double share)
    {
        var keys = new DropoutKeys(share, seed: 3);
        var (ofUnit, ofRow, ofStep) = (new int[64], new int[64], new int[64]);
        for (var step = 0; step < 64; step++)
        {
            for (var row = 0; row < 64; row++)
            {
                var key = keys.OfRow(layer: 1, step, row);
                for (var unit = 0; unit < 64; unit++)
                {
                    if (DropoutKeys.Draw(key, unit) >= keys.Dropped) continue;
                    ofUnit[unit]++;
                    ofRow[row]++;
                    ofStep[step]++;
                }
            }
        }

        // Five standard deviations of a binomial count.
        var tolerance = 5 * Math.Sqrt(4096 * share * (1 - share));
        Assert.All(ofUnit.Concat(ofRow).Concat(ofStep), count => Assert.Equal(4096 * share, count, tolerance));
        Assert.Equal(1, keys.Scale * (1 - share), 1e-6);
        Assert.NotEqual(keys.OfRow(0, 5, 6), keys.OfRow(1, 5, 6));
        Assert.NotEqual(keys.OfRow(0, 5, 6), new DropoutKeys(share, seed: 4).OfRow(0, 5, 6));
    }
}
