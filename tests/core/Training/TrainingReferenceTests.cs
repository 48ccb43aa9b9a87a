using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using Xunit;

namespace MusicPipeline.Tests.Training;

public sealed class TrainingReferenceTests
{
    private const int BatchSize = 128;

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Reproduces_The_Recorded_Run(int width)
    {
        var data = new LabelledRows(RecordedRun.Floats("x"), 120, [.. RecordedRun.Read("y").Select(y => (int)y)]);
        var start = new NetworkWeights(
        [
            new(120, 24, RecordedRun.Floats("init_w1"), RecordedRun.Floats("init_b1")),
            new(24, 10, RecordedRun.Floats("init_w2"), RecordedRun.Floats("init_b2")),
        ]);
        int[] order = [.. RecordedRun.Read("order").Select(row => (int)row)];
        var losses = RecordedRun.Read("step_loss");
        using var network = CpuNetwork.Create(start, BatchSize, new StepRules(0.001), (VectorWidth)width);

        var step = 0;
        foreach (var epoch in order.Chunk(data.Rows))
        {
            for (var at = 0; at < data.Rows; at += BatchSize)
            {
                var count = Math.Min(BatchSize, data.Rows - at);
                Assert.Equal(losses[step], network.Step(data, epoch, at, count).LossSum / count, losses[step] * 1e-5);
                step++;
            }
        }

        Assert.Equal(losses.Length, step);
        var final = network.ToWeights();
        AssertClose(RecordedRun.Read("final_w1"), final.Layers[0].Weights, 1e-4);
        AssertClose(RecordedRun.Read("final_b1"), final.Layers[0].Biases, 1e-4);
        AssertClose(RecordedRun.Read("final_w2"), final.Layers[1].Weights, 1e-4);
        AssertClose(RecordedRun.Read("final_b2"), final.Layers[1].Biases, 1e-4);
        AssertClose(RecordedRun.Read("final_probabilities"), Network.Probabilities(final, data.Features), 1e-5);
    }

    private static void AssertClose(double[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
