namespace MusicPipeline.Training;

/// <summary>
/// The network's parameters: <c>h = activation(x W1 + b1)</c>, <c>p = softmax(h W2 + b2)</c>. All row-major.
/// </summary>
/// <param name="Features">Inputs a row.</param>
/// <param name="HiddenUnits">Units of the hidden layer.</param>
/// <param name="Classes">Outputs.</param>
/// <param name="W1">features x hidden.</param>
/// <param name="B1">hidden.</param>
/// <param name="W2">hidden x classes.</param>
/// <param name="B2">classes.</param>
public sealed record NetworkWeights(
    int Features, int HiddenUnits, int Classes, float[] W1, float[] B1, float[] W2, float[] B2)
{
    /// <summary>What the hidden layer makes of its sums; weights mean nothing without it.</summary>
    public Activation Activation { get; init; }

    /// <summary>Number of trained parameters.</summary>
    public long ParameterCount => (long)W1.Length + B1.Length + W2.Length + B2.Length;
}
