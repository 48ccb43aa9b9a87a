namespace MusicPipeline.Training;

/// <summary>
/// How much of a GPU's memory a pack fills, from shapes alone, so that a pack can be cut before anything is loaded.
/// </summary>
/// <param name="TrainingRows">Rows to train on.</param>
/// <param name="ValidationRows">Rows to validate on.</param>
/// <param name="Features">Features a row.</param>
/// <param name="Classes">Classes of the data set.</param>
public sealed record PackMemory(int TrainingRows, int ValidationRows, int Features, int Classes)
{
    // Everything is padded to whole tiles of these many rows, units, features and classes.
    internal const int RowTile = 32;
    internal const int UnitTile = 64;
    internal const int FeatureTile = 64;
    internal const int ClassTile = 16;

    /// <summary>Tiles of validation rows that are scored at once, or fewer.</summary>
    internal const int ValidationTiles = 64;

    /// <summary>Bytes that the gathered rows of all orders fill, but at least a batch of each.</summary>
    internal const long GatherBytes = 64L << 20;

    /// <summary>Bytes of the data set on the device, and of what every pack needs besides its trials.</summary>
    public long DataSetBytes =>
        (4L * TrainingRows * (Features + 1L))
        + (4L * RoundUp(ValidationRows, RowTile) * (FeatureCapacity + 1))
        + GatherBytes;

    private long FeatureCapacity => RoundUp(Features + 1L, FeatureTile);

    private long ClassCapacity => RoundUp(Classes, ClassTile);

    /// <summary>
    /// Whether a trial is one for the fused kernels: one hidden layer and no option that they do not know. Others go through the
    /// dense kernels, and into packs of their own.
    /// </summary>
    internal static bool IsFused(HyperParameters parameters) => parameters is
    {
        Layers: 1, Dropout: 0, LabelSmoothing: 0, ClassWeights: ClassWeights.None, Optimizer: Optimizer.Adam,
    };

    /// <summary>Bytes of one trial: weights and moments, a batch's hidden values and gradients, and its order of rows.</summary>
    public long TrialBytes(HyperParameters parameters)
    {
        long batchSize = Math.Min(parameters.BatchSize, TrainingRows);
        var batches = (TrainingRows + batchSize - 1) / batchSize;
        if (!IsFused(parameters)) return DenseBytes(parameters, batchSize, batches);
        var rowCapacity = RoundUp(batchSize, RowTile);
        var validationRows = RoundUp(ValidationRows, RowTile);
        var partialRows = Math.Max(rowCapacity, Math.Min(validationRows, (long)ValidationTiles * RowTile));
        var unitTile = (3 * (FeatureCapacity + ClassCapacity) * UnitTile) + (2 * rowCapacity * UnitTile) + (partialRows * ClassCapacity);
        var trial = (rowCapacity * ClassCapacity) + (3 * ClassCapacity) + batches + (2 * (rowCapacity + validationRows) / RowTile)
            + validationRows + 16;
        var order = TrainingRows + (rowCapacity * ((2 * FeatureCapacity) + 1));
        return 4 * ((RoundUp(parameters.HiddenUnits, UnitTile) / UnitTile * unitTile) + trial + order);
    }

    // Weights and moments, values and gradients, keys of dropout, an order, and what each row and step has.
    private long DenseBytes(HyperParameters parameters, long batchSize, long batches)
    {
        var shape = NetworkShape.Of(Features, Classes, parameters);
        var rowCapacity = Math.Max(batchSize, Math.Min(ValidationRows, ValidationTiles * RowTile));
        var values = 2 * rowCapacity * shape.Layers.Sum(layer => (long)layer.Units);
        var keys = parameters.Dropout > 0 ? (long)parameters.Layers * TrainingRows : 1;
        var tables = (16L * (parameters.Layers + 2)) + Classes + batches + 16;
        return 4 * ((3 * shape.ParameterCount) + values + keys + TrainingRows + (2L * ValidationRows) + (2 * batchSize) + tables);
    }

    private static long RoundUp(long value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
