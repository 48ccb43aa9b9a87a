using Microsoft.ML;
using Microsoft.ML.Data;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>Binds a model to a schema: which columns come in, which are added, which depend on which.</summary>
internal sealed class ScoringMapper : IRowToRowMapper
{
    public ScoringMapper(NeuralNetworkTransformer model, DataViewSchema inputSchema)
    {
        Model = model;
        InputSchema = inputSchema;
        Features = InputColumns.Features(inputSchema, model.FeatureColumnName, model.Weights.Features);
        OutputSchema = ScoreSchema.Extend(inputSchema, model.Labels);
    }

    public NeuralNetworkTransformer Model { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public DataViewSchema.Column Features { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = new SortedSet<int>();
        foreach (var column in dependingColumns)
            needed.Add(column.Index < InputSchema.Count ? column.Index : Features.Index);
        return needed.Select(index => InputSchema[index]);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Schema == InputSchema
            ? new ScoredRow(input, this, activeColumns)
            : throw new ArgumentException("The row has another schema than the mapper.", nameof(input));
    }
}
