using MusicPipeline.Data;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Training;

public sealed class ReferenceNetworkTests
{
    [Theory]
    [InlineData(2, 1, 1, Activation.Sigmoid)]
    [InlineData(3, 5, 7, Activation.Sigmoid)]
    [InlineData(10, 8, 17, Activation.Sigmoid)]
    [InlineData(3, 5, 7, Activation.Tanh)]
    [InlineData(10, 8, 17, Activation.Tanh)]
    [InlineData(3, 5, 7, Activation.Relu)]
    [InlineData(10, 8, 17, Activation.Relu)]
    public void Gradients_Equal_Finite_Differences(int classes, int hidden, int features, Activation activation)
    {
        var data = TrainingCases.Rows(13, features, classes);
        int[] rows = [.. Enumerable.Range(0, 13)];
        var network = new ReferenceNetwork(TrainingCases.Start(features, hidden, classes, seed: 5, activation));

        var (_, gradients) = network.Gradients(data, rows);

        AssertDifferences(network, gradients, data, rows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Gradients_Of_Any_Depth_Equal_Finite_Differences(int layers)
    {
        var data = TrainingCases.Rows(9, 4, 3);
        int[] rows = [.. Enumerable.Range(0, 9)];
        foreach (var activation in Enum.GetValues<Activation>())
        {
            foreach (var rules in (StepRules[])
                [
                    new(0), new(0) { Dropout = 0.4, Seed = 2 }, new(0) { LabelSmoothing = 0.1 },
                    new(0) { ClassWeights = [0.5f, 2f, 1f] },
                    new(0) { Dropout = 0.2, Seed = 2, LabelSmoothing = 0.2, ClassWeights = [0.5f, 2f, 1f] },
                ])
            {
                var network = new ReferenceNetwork(TrainingCases.Start(4, 6, 3, seed: 5, activation, layers), rules);
                // Without biases a row that leaves a layer of ReLUs at 0 puts the next one exactly on its kink.
                for (var p = 1; p < network.Parameters.Length; p += 2)
                {
                    for (var i = 0; i < network.Parameters[p].Length; i++) network.Parameters[p][i] = 0.1 * Math.Cos(p + i);
                }

                AssertDifferences(network, network.Gradients(data, rows).Gradients, data, rows);
            }
        }
    }

    private static void AssertDifferences(ReferenceNetwork network, double[][] gradients, LabelledRows data, int[] rows)
    {
        const double H = 1e-5;
        for (var p = 0; p < network.Parameters.Length; p++)
        {
            for (var i = 0; i < network.Parameters[p].Length; i++)
            {
                var value = network.Parameters[p][i];
                network.Parameters[p][i] = value + H;
                var above = network.Gradients(data, rows).Loss;
                network.Parameters[p][i] = value - H;
                var below = network.Gradients(data, rows).Loss;
                network.Parameters[p][i] = value;
                Assert.Equal((above - below) / (2 * H), gradients[p][i], 1e-8);
            }
        }
    }
}
