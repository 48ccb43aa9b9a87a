namespace MusicPipeline.Data;

/// <summary>
/// Feature rows with their class, as a trainer takes them.
/// </summary>
/// <param name="Features">rows x features, row-major; standardized where it comes from a data set.</param>
/// <param name="FeatureCount">Features a row.</param>
/// <param name="Labels">Class index of each row, 0 to classes - 1.</param>
public sealed record LabelledRows(float[] Features, int FeatureCount, int[] Labels)
{
    /// <summary>The groups that the rows belong to; null where each stands for itself.</summary>
    public RowGroups? Groups { get; init; }

    /// <summary>Rows at the end that are altered copies of others: learned from, and never validated on.</summary>
    public int Copies { get; init; }

    /// <summary>Number of rows.</summary>
    public int Rows => Labels.Length;

    /// <summary>The features of one row.</summary>
    public ReadOnlySpan<float> Row(int index) => Features.AsSpan(index * FeatureCount, FeatureCount);
}
