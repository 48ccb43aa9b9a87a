namespace MusicPipeline.Training.Models;

/// <summary>What is in an ONNX file, as Keras' <c>model.summary()</c> shows it.</summary>
/// <param name="Name">Name of the graph.</param>
/// <param name="Producer">Program that wrote it, with its version.</param>
/// <param name="IrVersion">Version of the file format.</param>
/// <param name="Opsets">Version of each operator set, by domain; <c>ai.onnx</c> is the standard one.</param>
/// <param name="Inputs">What goes in, without constants.</param>
/// <param name="Outputs">What comes out.</param>
/// <param name="Layers">The nodes in the order of computation.</param>
/// <param name="ParameterCount">Elements of all constant tensors.</param>
/// <param name="TrainedParameterCount">Trained weights among them; null where the model is not this pipeline's.</param>
/// <param name="Metadata">The file's metadata, sorted by key.</param>
public sealed record ModelSummary(
    string Name,
    string Producer,
    long IrVersion,
    IReadOnlyDictionary<string, long> Opsets,
    IReadOnlyList<ModelValue> Inputs,
    IReadOnlyList<ModelValue> Outputs,
    IReadOnlyList<ModelLayer> Layers,
    long ParameterCount,
    long? TrainedParameterCount,
    IReadOnlyDictionary<string, string> Metadata);
