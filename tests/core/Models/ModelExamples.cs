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
        Random random, int features, int hidden, int classes, Activation activation = Activation.Sigmoid)
    {
        float[] Draw(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.5) * scale))];
        return new NetworkWeights(
            features,
            hidden,
            classes,
            Draw(features * hidden, 4 / Math.Sqrt(features)),
            Draw(hidden, 1),
            Draw(hidden * classes, 8 / Math.Sqrt(hidden)),
            Draw(classes, 1))
        {
            Activation = activation,
        };
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
            var hidden = new double[w.HiddenUnits];
            for (var j = 0; j < w.HiddenUnits; j++)
            {
                double sum = w.B1[j];
                for (var i = 0; i < w.Features; i++)
                {
                    var x = (float)((features[(row * w.Features) + i] - scaler.Mean[i]) / scaler.Deviation[i]);
                    sum += (double)x * w.W1[(i * w.HiddenUnits) + j];
                }

                hidden[j] = w.Activation switch
                {
                    Activation.Tanh => Math.Tanh(sum),
                    Activation.Relu => Math.Max(sum, 0),
                    _ => 1 / (1 + Math.Exp(-sum)),
                };
            }

            var result = probabilities.AsSpan(row * w.Classes, w.Classes);
            for (var k = 0; k < w.Classes; k++)
            {
                result[k] = w.B2[k];
                for (var j = 0; j < w.HiddenUnits; j++) result[k] += hidden[j] * w.W2[(j * w.Classes) + k];
            }

            double most = double.NegativeInfinity, total = 0;
            foreach (var logit in result) most = Math.Max(most, logit);
            foreach (ref var value in result) total += value = Math.Exp(value - most);
            foreach (ref var value in result) value /= total;
        }

        return probabilities;
    }
}
