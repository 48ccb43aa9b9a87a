using Microsoft.ML;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Training.Cpu;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>
/// The pipeline's network as an ML.NET trainer: hidden layers <c>h = activation(x W + b)</c>, <c>p = softmax(h W + b)</c>,
/// mean cross-entropy, Adam or momentum. Made by <c>mlContext.MulticlassClassification.Trainers.NeuralNetwork(...)</c>.
/// </summary>
/// <remarks>
/// Fits from any <see cref="IDataView"/> with a key label and a feature vector of known size. The transformer adds
/// <c>Score</c> and <c>Probability</c>, both the probabilities of the classes in the order of the keys, and
/// <c>PredictedLabel</c>, a key of the label's values. The same data, options and machine give the same model.
/// </remarks>
public sealed partial class NeuralNetworkTrainer : IEstimator<NeuralNetworkTransformer>
{
    private readonly Options _options;
    private readonly ITrainingDevice _device;

    internal NeuralNetworkTrainer(Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problem() is { } problem) throw new ArgumentException($"The option {problem}.", nameof(options));
        // A copy, so that later changes have no effect.
        _options = options.Copy();
        _device = _options.Device ?? new CpuTrainingDevice();
    }

    /// <summary>Trains the network on the rows of <paramref name="input"/> that have a label.</summary>
    /// <param name="input">Data with the label and feature columns.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InputException">
    /// No row has a label, there are fewer than two classes, features are not finite, or the loss became infinite.
    /// </exception>
    public NeuralNetworkTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var labelColumn = InputColumns.Label(input.Schema, _options.LabelColumnName);
        var labels = KeyLabels.Of(labelColumn);
        var rows = TrainingRows.Read(input, labelColumn, InputColumns.Features(input.Schema, _options.FeatureColumnName));
        var scaler = Standardize(rows);
        var parameters = new HyperParameters(
            _options.LearningRate, _options.HiddenUnits, _options.Epochs, _options.BatchSize, _options.Seed)
        {
            WeightDecay = _options.WeightDecay,
            Schedule = _options.Schedule,
            Activation = _options.Activation,
            Layers = _options.Layers,
            Dropout = _options.Dropout,
            LabelSmoothing = _options.LabelSmoothing,
            ClassWeights = _options.ClassWeights,
            Optimizer = _options.Optimizer,
            RestoreBest = _options.RestoreBest,
        };
        var result = _device.Train(Split(rows, labels.Count), parameters);
        if (result.Outcome == TrainingOutcome.Diverged)
        {
            throw new InputException(
                $"the loss became infinite in epoch {result.History.Epochs + 1} at learning rate {parameters.LearningRate}",
                "choose a smaller learning rate");
        }

        return new NeuralNetworkTransformer(_options.FeatureColumnName, labels, result, scaler, parameters);
    }

    /// <summary>The columns that fitting will add, for pipelines that are checked before they are fitted.</summary>
    /// <param name="inputSchema">The columns that come in.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        // SchemaShape's columns cannot be made outside of ML.NET, so its own multiclass trainer says what such a
        // trainer takes and gives.
        var context = new MLContext();
        var shape = context.MulticlassClassification.Trainers
            .SdcaMaximumEntropy(_options.LabelColumnName, _options.FeatureColumnName)
            .GetOutputSchema(inputSchema);
        return context.Transforms.CopyColumns(ScoreSchema.Probability, ScoreSchema.Score).GetOutputSchema(shape);
    }

    private Scaler Standardize(LabelledRows rows)
    {
        if (!_options.Standardize)
            return new Scaler(new double[rows.FeatureCount], [.. Enumerable.Repeat(1.0, rows.FeatureCount)]);
        var scaler = Standardization.Fit(rows.Features, rows.FeatureCount);
        Standardization.Apply(scaler, rows.Features);
        return scaler;
    }

    private TrainingSplit Split(LabelledRows rows, int classes) => _options.ValidationFraction > 0
        ? StratifiedSplit.HoldOut(rows, classes, _options.ValidationFraction, _options.Seed)
        : new TrainingSplit(rows, rows, classes);
}
