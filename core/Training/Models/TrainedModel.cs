using MusicPipeline.Data;

namespace MusicPipeline.Training.Models;

/// <summary>A model of this pipeline, read back from its ONNX file.</summary>
/// <param name="Weights">The network, for standardized rows.</param>
/// <param name="Scaler">The standardization, bit for bit as it was written.</param>
/// <param name="Metadata">Classes and origin.</param>
public sealed record TrainedModel(NetworkWeights Weights, Scaler Scaler, ModelMetadata Metadata);
