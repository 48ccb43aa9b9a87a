using MusicPipeline.Data;
using MusicPipeline.GpuCheck;
using MusicPipeline.Tests.Training.Cuda.Ptx;
using MusicPipeline.Training;
using MusicPipeline.Training.Cuda;
using Xunit;

namespace MusicPipeline.Tests.Training.Cuda;

/// <summary>Every step's loss against a run in float64.</summary>
public sealed class PackReferenceTests
{
    private const double LearningRate = 0.001;
    private const int BatchSize = 128;

    [Fact]
    public void Reproduces_The_Recorded_Run()
    {
        var rows = new LabelledRows(RecordedRun.Floats("x"), 120, [.. RecordedRun.Read("y").Select(y => (int)y)]);
        var start = new NetworkWeights(
        [
            new(120, 24, RecordedRun.Floats("init_w1"), RecordedRun.Floats("init_b1")),
            new(24, 10, RecordedRun.Floats("init_w2"), RecordedRun.Floats("init_b2")),
        ]);

        // The first of four epochs; tests/gpu runs them all.
        int[][] epochs = [RecordedRun.Read("order").Take(rows.Rows).Select(row => (int)row).ToArray()];
        var expected = RecordedRun.Read("step_loss").Take(6);

        var (losses, _) = Train(rows, 10, start, BatchSize, epochs, compiled: true);

        Assert.Equal(expected, losses, (a, b) => Math.Abs(a - b) <= 1e-5 * a);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Follows_A_Run_In_Float64(bool compiled)
    {
        var rows = TrainingCases.Rows(65, 17, 3);
        var start = TrainingCases.Start(17, 70, 3, seed: 5);
        int[][] epochs = [.. Enumerable.Range(1, compiled ? 3 : 1).Select(seed => Shuffle(rows.Rows, seed))];
        var reference = new ReferenceNetwork(start);
        var expected = epochs.SelectMany(order => order.Chunk(32)).Select(batch => reference.Step(rows, batch, LearningRate)).ToArray();

        var (losses, final) = Train(rows, 3, start, 32, epochs, compiled);

        Assert.Equal(expected, losses, (a, b) => Math.Abs(a - b) <= 1e-5 * a);
        Assert.Equal(reference.Parameters[0], final.Layers[0].Weights.Select(w => (double)w), (a, b) => Math.Abs(a - b) <= 1e-4);
        Assert.Equal(reference.Parameters[3], final.Layers[1].Biases.Select(w => (double)w), (a, b) => Math.Abs(a - b) <= 1e-4);
    }

    private static int[] Shuffle(int count, int seed)
    {
        var order = new RowOrder(count, seed);
        order.Shuffle();
        return order.Rows.ToArray();
    }

    /// <summary>The mean loss of every step, before it, and the weights in the end.</summary>
    private static (double[] Losses, NetworkWeights Final) Train(
        LabelledRows rows, int classes, NetworkWeights start, int batchSize, int[][] epochs, bool compiled)
    {
        var (context, accelerator) = SimulatedGpu.CreateAccelerator();
        using var ownedContext = context;
        using var ownedAccelerator = accelerator;
        var kernels = compiled ? PtxKernels.Sm90 : KernelSet.Compile(accelerator);
        return SteppedRun.Train(accelerator, kernels, rows, classes, start, batchSize, LearningRate, epochs);
    }
}
