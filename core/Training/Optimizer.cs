namespace MusicPipeline.Training;

/// <summary>What makes a step of a gradient.</summary>
public enum Optimizer
{
    /// <summary>Adam (D. Kingma, J. Ba, 2015), as in the lab.</summary>
    Adam,

    /// <summary>Gradient descent with momentum: <c>v = 0.9 v - rate g</c>, <c>w += v</c>.</summary>
    Sgd,
}
