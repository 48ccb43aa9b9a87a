namespace MusicPipeline.Training;

/// <summary>What the hidden layer makes of its sums.</summary>
public enum Activation
{
    /// <summary><c>1 / (1 + e^-x)</c>, as in the lab.</summary>
    Sigmoid,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary><c>max(x, 0)</c>, whose slope at 0 counts as 0.</summary>
    Relu,
}
