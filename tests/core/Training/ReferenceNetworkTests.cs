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
        var network = new ReferenceNetwork(GlorotUniform.Create(features, hidden, classes, seed: 5, activation));

        var (_, gradients) = network.Gradients(data, rows);

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
