namespace MusicPipeline.Training;

/// <summary>A dense layer: sums <c>x W + b</c> of its inputs.</summary>
/// <param name="Inputs">Inputs a row.</param>
/// <param name="Units">Sums a row.</param>
/// <param name="Weights">W, inputs x units, row-major.</param>
/// <param name="Biases">b, one a unit.</param>
public sealed record DenseLayer(int Inputs, int Units, float[] Weights, float[] Biases);

/// <summary>
/// The network's parameters: <c>h = activation(x W + b)</c> for each hidden layer, which the next takes as its x, and
/// <c>p = softmax(h W + b)</c> for the last layer.
/// </summary>
/// <param name="Layers">The hidden layers, at least one, and the output layer; each has as many inputs as the one before has units.</param>
/// <param name="Activation">What the hidden layers make of their sums; weights mean nothing without it.</param>
public sealed record NetworkWeights(DenseLayer[] Layers, Activation Activation = default)
{
    /// <summary>Inputs a row.</summary>
    public int Features => Layers[0].Inputs;

    /// <summary>Outputs.</summary>
    public int Classes => Layers[^1].Units;

    /// <summary>Their shape.</summary>
    public NetworkShape Shape => new(Features, [.. Layers.SkipLast(1).Select(layer => layer.Units)], Classes, Activation);

    /// <summary>Number of trained parameters.</summary>
    public long ParameterCount => Layers.Sum(layer => (long)layer.Weights.Length + layer.Biases.Length);
}
