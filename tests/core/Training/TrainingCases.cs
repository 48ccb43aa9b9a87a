using MusicPipeline.Data;
using MusicPipeline.Training;

namespace MusicPipeline.Tests.Training;

/// <summary>Small made-up classification tasks.</summary>
internal static class TrainingCases
{
    /// <summary>Rows around one centre a class, with noise, so that there is something to learn.</summary>
    public static LabelledRows Rows(int rows, int features, int classes, int seed = 1)
    {
        var centres = new Random(99);
        var centre = new float[classes * features];
        for (var i = 0; i < centre.Length; i++) centre[i] = (float)((2 * centres.NextDouble()) - 1);
        var random = new Random(seed);
        var values = new float[rows * features];
        var labels = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            labels[row] = random.Next(classes);
            for (var f = 0; f < features; f++)
            {
                values[(row * features) + f] =
                    centre[(labels[row] * features) + f] + (float)((2 * random.NextDouble()) - 1);
            }
        }

        return new LabelledRows(values, features, labels);
    }

    public static TrainingSplit Split(int rows = 300, int features = 20, int classes = 5) =>
        new(Rows(rows, features, classes), Rows(rows / 3, features, classes, seed: 2), classes);

    /// <summary>Initial weights.</summary>
    public static NetworkWeights Start(
        int features, int hiddenUnits, int classes, int seed, Activation activation = default, int layers = 1) =>
        InitialWeights.Create(new(features, [.. Enumerable.Repeat(hiddenUnits, layers)], classes, activation), seed);

    /// <summary>Every number of a result, for comparing runs bit by bit.</summary>
    public static byte[] Bits(TrainingResult result) =>
    [
        .. result.Weights.Layers.SelectMany(layer => layer.Weights.Concat(layer.Biases)).SelectMany(BitConverter.GetBytes),
        .. result.History.Loss.Concat(result.History.Accuracy)
            .Concat(result.History.ValidationLoss).Concat(result.History.ValidationAccuracy)
            .SelectMany(BitConverter.GetBytes),
    ];
}
