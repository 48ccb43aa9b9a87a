namespace MusicPipeline.Data;

/// <summary>A version of a data set in memory: standardized rows, class indices and the scaler that made them.</summary>
public sealed record Dataset(DatasetInfo Info, LabelledRows Train, LabelledRows Test, Scaler Scaler);
