using System.Buffers.Binary;
using System.Text.RegularExpressions;
using MusicPipeline.Datasets;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Training;

public sealed partial class TrainingReferenceTests
{
    private const int BatchSize = 128;

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Reproduces_The_Recorded_Run(int width)
    {
        var data = new LabelledRows(Floats("x"), 120, [.. Read("y").Select(y => (int)y)]);
        var start = new NetworkWeights(120, 24, 10, Floats("init_w1"), Floats("init_b1"), Floats("init_w2"), Floats("init_b2"));
        int[] order = [.. Read("order").Select(row => (int)row)];
        var losses = Read("step_loss");
        using var network = CpuNetwork.Create(start, BatchSize, 0.001, (VectorWidth)width);

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
        AssertClose(Read("final_w1"), final.W1, 1e-4);
        AssertClose(Read("final_b1"), final.B1, 1e-4);
        AssertClose(Read("final_w2"), final.W2, 1e-4);
        AssertClose(Read("final_b2"), final.B2, 1e-4);
        AssertClose(Read("final_probabilities"), Network.Probabilities(final, data.Features), 1e-5);
    }

    private static void AssertClose(double[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }

    private static float[] Floats(string name) => [.. Read(name).Select(value => (float)value)];

    // Just enough of .npy for these little-endian arrays.
    private static double[] Read(string name)
    {
        var bytes = File.ReadAllBytes(RepositoryPaths.Shared("training-reference", name + ".npy"));
        var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        var type = Descriptor().Match(System.Text.Encoding.ASCII.GetString(bytes, 0, start)).Value;
        Func<int, double> read = type switch
        {
            "<f8" => i => BitConverter.ToDouble(bytes, i),
            "<f4" => i => BitConverter.ToSingle(bytes, i),
            "<i8" => i => BitConverter.ToInt64(bytes, i),
            _ => i => BitConverter.ToInt32(bytes, i),
        };
        var size = type[2] - '0';
        return [.. Enumerable.Range(0, (bytes.Length - start) / size).Select(i => read(start + (i * size)))];
    }

    [GeneratedRegex("(?<='descr': ')[^']+", RegexOptions.None, 1000)]
    private static partial Regex Descriptor();
}
