using Microsoft.ML;
using Microsoft.ML.Data;
using MusicPipeline.Data;
using MusicPipeline.Training.Models;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>
/// A trained network as an ML.NET transformer. It adds <c>PredictedLabel</c> (key, with the label's values),
/// <c>Score</c> and <c>Probability</c> (both the classes' probabilities, vectors of <see cref="float"/>).
/// </summary>
public sealed class NeuralNetworkTransformer : ITransformer
{
    private readonly HyperParameters _parameters;

    internal NeuralNetworkTransformer(
        string featureColumnName, KeyLabels labels, TrainingResult result, Scaler scaler, HyperParameters parameters)
    {
        FeatureColumnName = featureColumnName;
        Labels = labels;
        Weights = result.Weights;
        History = result.History;
        BestEpoch = result.BestEpoch;
        Scaler = scaler;
        _parameters = parameters;
    }

    /// <summary>Name of the column that is scored: raw features, a vector of <see cref="float"/>.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The trained parameters, for standardized rows.</summary>
    public NetworkWeights Weights { get; }

    /// <summary>What is done to features before they reach the network; mean 0 and deviation 1 where nothing is.</summary>
    public Scaler Scaler { get; }

    /// <summary>Loss and accuracy of every epoch.</summary>
    public TrainingHistory History { get; }

    /// <summary>The epoch, from 1 on, whose weights these are, where the best one was asked for; null for the last.</summary>
    public int? BestEpoch { get; }

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    internal KeyLabels Labels { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The feature column is missing or of another size than in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The feature column is missing or of another size than in training.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoredData(input, Bind(input.Schema));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The feature column is missing or of another size than in training.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema);

    /// <summary>
    /// Writes the model as ONNX, standardization inside: <c>features</c> in, <c>probabilities</c> and <c>label</c> out.
    /// Integer key values are the labels; other key values become 1 to classes, and <c>music.class_names</c> in the
    /// metadata names them.
    /// </summary>
    /// <param name="stream">Where it goes; it is left open.</param>
    public void SaveOnnx(Stream stream)
    {
        var epoch = (BestEpoch ?? History.Epochs) - 1;
        OnnxWriter.Write(stream, Weights, Scaler, new ModelMetadata(Labels.Values)
        {
            ClassNames = Labels.AreNamed ? Labels.Names : null,
            Parameters = _parameters,
            Scores = new EpochMetrics(
                History.Loss[epoch], History.Accuracy[epoch], History.ValidationLoss[epoch], History.ValidationAccuracy[epoch]),
        });
    }

    private ScoringMapper Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new ScoringMapper(this, inputSchema);
    }

    /// <summary>ML.NET's own model files cannot hold a trainer from outside of ML.NET.</summary>
    /// <exception cref="NotSupportedException">Always; the message names <see cref="SaveOnnx"/>.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        "ML.NET's model files cannot hold this model; save it with SaveOnnx and load it with mlContext.Transforms.ApplyOnnxModel.");
}
