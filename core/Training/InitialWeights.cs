namespace MusicPipeline.Training;

/// <summary>
/// Initial weights, uniform within +-limit, biases zero. The limit is sqrt(6 / (inputs + units)) of each layer (X. Glorot,
/// Y. Bengio, 2010), and sqrt(6 / inputs) of ReLU's layers where there are several (K. He et al., 2015): the halves that
/// they cut off would make what passes smaller from layer to layer.
/// </summary>
internal static class InitialWeights
{
    private const int Stream = 1;

    /// <summary>The weights that a seed stands for, drawn layer by layer and row by row.</summary>
    public static NetworkWeights Create(NetworkShape shape, int seed)
    {
        var random = new Xoshiro256(seed, Stream);
        var hiddenLayers = shape.HiddenUnits.Count;
        var isHe = shape.Activation == Activation.Relu && hiddenLayers > 1;
        return new NetworkWeights(
            [.. shape.Layers.Select((layer, i) => Draw(random, layer.Inputs, layer.Units, isHe && i < hiddenLayers))], shape.Activation);
    }

    private static DenseLayer Draw(Xoshiro256 random, int inputs, int units, bool isHe)
    {
        var limit = Math.Sqrt(6.0 / (isHe ? inputs : inputs + (double)units));
        var weights = new float[checked(inputs * units)];
        for (var i = 0; i < weights.Length; i++) weights[i] = (float)(((2 * random.NextDouble()) - 1) * limit);
        return new DenseLayer(inputs, units, weights, new float[units]);
    }
}
