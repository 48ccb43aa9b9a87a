using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;

namespace MusicPipeline.Tests.Models;

/// <summary>Networks with random weights, and the network's definition in float64 to compare with.</summary>
internal static class ModelExamples
{
    public static ModelMetadata Metadata { get; } = new([1, 4, 9])
    {
        ClassNames = ["flute", "oboe \"d'amore\"", "violín"],
        Dataset = "notes",
        DatasetVersion = "0123abcd",
        Parameters = new HyperParameters(0.0001, 256, 40, 128, -7),
        Validation = "0.2",
        Scores = new EpochMetrics(0.1, 0.98, double.NaN, 1.0 / 3),
        TrainerVersion = "1",
        TrialId = "00112233445566778899",
    };

    public static NetworkWeights Weights(
        Random random, int features, int hidden, int classes, Activation activation = Activation.Sigmoid, int hiddenLayers = 1)
    {
        float[] Draw(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.5) * scale))];
        var layers = new DenseLayer[hiddenLayers + 1];
        for (var i = 0; i < hiddenLayers; i++)
        {
            var inputs = i == 0 ? features : hidden;
            layers[i] = new(inputs, hidden, Draw(inputs * hidden, 4 / Math.Sqrt(inputs)), Draw(hidden, 1));
        }

        layers[^1] = new(hidden, classes, Draw(hidden * classes, 8 / Math.Sqrt(hidden)), Draw(classes, 1));
        return new NetworkWeights(layers, activation);
    }

    /// <summary>Offsets of up to 10,000 deviations, as decibels and frequencies have them.</summary>
    public static Scaler Scaler(Random random, int features) => new(
        [.. Enumerable.Range(0, features).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(0, 5)))],
        [.. Enumerable.Range(0, features).Select(_ => 0.5 + random.NextDouble())]);

    public static float[] Rows(Random random, Scaler scaler, int rows) =>
        [.. Enumerable.Range(0, rows).SelectMany(_ => scaler.Mean.Select((mean, i) =>
            (float)(mean + (3 * (random.NextDouble() - 0.5) * scaler.Deviation[i]))))];

    /// <summary>rows x classes probabilities of raw rows; the standardized rows are float32, as a trainer sees them.</summary>
    public static double[] Forward(NetworkWeights w, Scaler scaler, ReadOnlySpan<float> features)
    {
        var rows = features.Length / w.Features;
        var probabilities = new double[rows * w.Classes];
        for (var row = 0; row < rows; row++)
        {
            var values = new double[w.Features];
            for (var i = 0; i < w.Features; i++)
                values[i] = (float)((features[(row * w.Features) + i] - scaler.Mean[i]) / scaler.Deviation[i]);
            foreach (var layer in w.Layers)
            {
                double[] sums = [.. layer.Biases.Select(bias => (double)bias)];
                for (var i = 0; i < layer.Inputs; i++)
                {
                    for (var j = 0; j < layer.Units; j++) sums[j] += values[i] * layer.Weights[(i * layer.Units) + j];
                }

                values = layer == w.Layers[^1] ? sums : [.. sums.Select(Activate)];
            }

            double Activate(double sum) => w.Activation switch
            {
                Activation.Tanh => Math.Tanh(sum),
                Activation.Relu => Math.Max(sum, 0),
                _ => 1 / (1 + Math.Exp(-sum)),
            };

            var result = probabilities.AsSpan(row * w.Classes, w.Classes);
            values.CopyTo(result);
            double most = double.NegativeInfinity, total = 0;
            foreach (var logit in result) most = Math.Max(most, logit);
            foreach (ref var value in result) total += value = Math.Exp(value - most);
            foreach (ref var value in result) value /= total;
        }

        return probabilities;
    }
}
