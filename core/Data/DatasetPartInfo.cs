namespace MusicPipeline.Data;

/// <summary>The size of a data set's training or test part.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="RowsPerClass">Rows of each class, in the order of <see cref="DatasetInfo.Classes"/>.</param>
public sealed record DatasetPartInfo(int Rows, int[] RowsPerClass);
