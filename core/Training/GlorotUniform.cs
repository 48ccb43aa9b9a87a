namespace MusicPipeline.Training;

/// <summary>
/// Initial weights: uniform within +-sqrt(6 / (inputs + outputs)) of each layer (X. Glorot, Y. Bengio, 2010), biases zero.
/// </summary>
internal static class GlorotUniform
{
    private const int Stream = 1;

    /// <summary>The weights that a seed stands for, drawn for W1 and then W2, row by row.</summary>
    public static NetworkWeights Create(int features, int hiddenUnits, int classes, int seed, Activation activation = default)
    {
        var random = new Xoshiro256(seed, Stream);
        var w1 = Draw(random, features, hiddenUnits);
        var w2 = Draw(random, hiddenUnits, classes);
        return new NetworkWeights(features, hiddenUnits, classes, w1, new float[hiddenUnits], w2, new float[classes])
        {
            Activation = activation,
        };
    }

    private static float[] Draw(Xoshiro256 random, int inputs, int outputs)
    {
        var limit = Math.Sqrt(6.0 / (inputs + (double)outputs));
        var weights = new float[checked(inputs * outputs)];
        for (var i = 0; i < weights.Length; i++) weights[i] = (float)(((2 * random.NextDouble()) - 1) * limit);
        return weights;
    }
}
