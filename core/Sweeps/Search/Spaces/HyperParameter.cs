namespace MusicPipeline.Sweeps.Search.Spaces;

/// <summary>What a space may vary, in the order in which a grid nests it: the first changes last.</summary>
public enum HyperParameter
{
    /// <summary>Adam's step size.</summary>
    LearningRate,

    /// <summary>Units of the hidden layer.</summary>
    HiddenUnits,

    /// <summary>Rows a step.</summary>
    BatchSize,

    /// <summary>Passes over the training rows.</summary>
    Epochs,

    /// <summary>Seed of weights and row order.</summary>
    Seed,

    /// <summary>Decoupled weight decay.</summary>
    WeightDecay,

    /// <summary>How the learning rate changes.</summary>
    Schedule,

    /// <summary>The hidden layer's activation.</summary>
    Activation,
}
