using MusicPipeline.Data;

namespace MusicPipeline.Training;

/// <summary>The layers of a network: features, hidden layers one after the other, classes.</summary>
/// <param name="Features">Inputs a row.</param>
/// <param name="HiddenUnits">Units of each hidden layer, one or more layers.</param>
/// <param name="Classes">Outputs.</param>
/// <param name="Activation">What the hidden layers make of their sums.</param>
public sealed record NetworkShape(int Features, IReadOnlyList<int> HiddenUnits, int Classes, Activation Activation = default)
{
    /// <summary>Inputs and units of each layer, the output layer last.</summary>
    public IEnumerable<(int Inputs, int Units)> Layers =>
        HiddenUnits.Prepend(Features).Zip([.. HiddenUnits, Classes]);

    /// <summary>Number of trained parameters.</summary>
    public long ParameterCount => Layers.Sum(layer => (layer.Inputs + 1L) * layer.Units);

    /// <summary>The shape that hyper-parameters stand for.</summary>
    /// <param name="features">Features of the data set.</param>
    /// <param name="classes">Classes of the data set.</param>
    /// <param name="parameters">The hyper-parameters.</param>
    public static NetworkShape Of(int features, int classes, HyperParameters parameters) =>
        new(features, [.. Enumerable.Repeat(parameters.HiddenUnits, parameters.Layers)], classes, parameters.Activation);

    internal static NetworkShape Of(TrainingSplit split, HyperParameters parameters) =>
        Of(split.Training.FeatureCount, split.Classes, parameters);
}
