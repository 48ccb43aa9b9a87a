using MusicPipeline.Training.MachineLearning;

// ML.NET's own convention for trainers from other assemblies: whoever has an MLContext sees them.
namespace Microsoft.ML;

/// <summary>Adds the neural network to <c>mlContext.MulticlassClassification.Trainers</c>.</summary>
public static class NeuralNetworkCatalog
{
    /// <summary>
    /// A classifier with one hidden layer, trained with Adam; see <see cref="NeuralNetworkTrainer"/>, whose options make deeper ones.
    /// </summary>
    /// <param name="catalog">The catalog of multiclass trainers.</param>
    /// <param name="labelColumnName">Label column: a key, as <c>MapValueToKey</c> makes it.</param>
    /// <param name="featureColumnName">Feature column: a vector of <see cref="float"/> of known size.</param>
    /// <param name="hiddenUnits">Sigmoid units of the hidden layer, 1 or more.</param>
    /// <param name="learningRate">Adam's step size, above 0.</param>
    /// <param name="epochs">Passes over the training rows, 1 or more.</param>
    /// <exception cref="ArgumentException">A column has no name, or a number is out of range.</exception>
    public static NeuralNetworkTrainer NeuralNetwork(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        int hiddenUnits = 256,
        double learningRate = 0.001,
        int epochs = 20) =>
        catalog.NeuralNetwork(new NeuralNetworkTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            HiddenUnits = hiddenUnits,
            LearningRate = learningRate,
            Epochs = epochs,
        });

    /// <summary>
    /// A classifier with one hidden layer, trained with Adam; see <see cref="NeuralNetworkTrainer"/>, whose options make deeper ones.
    /// </summary>
    /// <param name="catalog">The catalog of multiclass trainers.</param>
    /// <param name="options">Everything that can be chosen.</param>
    /// <exception cref="ArgumentException">A column has no name, or a number is out of range.</exception>
    public static NeuralNetworkTrainer NeuralNetwork(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, NeuralNetworkTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new NeuralNetworkTrainer(options);
    }
}
