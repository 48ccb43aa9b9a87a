namespace MusicPipeline.Http;

/// <summary>Raw, not standardized, features to classify.</summary>
/// <param name="Features">rows x features, row-major.</param>
/// <param name="FeatureCount">Features a row.</param>
public sealed record FeatureRows(float[] Features, int FeatureCount);
