namespace MusicPipeline.Training.Models;

/// <summary>One node of a model.</summary>
/// <param name="Name">The node's name, or its first output's where it has none.</param>
/// <param name="Operator">ONNX operator: <c>Gemm</c>, <c>Sigmoid</c> and so on.</param>
/// <param name="OutputShape">Shape of its first output, such as <c>(rows, 256)</c>; null where the file does not say.</param>
/// <param name="Parameters">Elements of the constant tensors that it is the first to use.</param>
public sealed record ModelLayer(string Name, string Operator, string? OutputShape, long Parameters);
