namespace MusicPipeline.Data;

/// <summary>
/// Standardization by the training set: <c>(x - Mean) / Deviation</c>, each of length features.
/// The deviation is the population's (divided by n), computed in float64; a zero deviation is stored as 1.
/// </summary>
public sealed record Scaler(double[] Mean, double[] Deviation);
