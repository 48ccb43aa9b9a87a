using MusicPipeline.Training.Models;

namespace MusicPipeline.Local.Inspecting;

/// <summary>An ONNX model, as a model summary.</summary>
internal sealed class ModelInspection(ModelSummary model) : IInspection
{
    /// <inheritdoc/>
    public IEnumerable<(string Name, string? Value)> Facts =>
    [
        ("kind", $"ONNX model '{model.Name}' by {model.Producer}"),
        ("format", $"IR version {model.IrVersion}, {string.Join(", ", model.Opsets.Select(set => $"{set.Key} {set.Value}"))}"),
        .. model.Inputs.Select(input => ("input", (string?)Describe(input))),
        .. model.Layers.Select(layer => ("layer", (string?)Describe(layer))),
        .. model.Outputs.Select(output => ("output", (string?)Describe(output))),
        ("parameters", model.TrainedParameterCount is { } trained
            ? $"{model.ParameterCount:N0}, of which {trained:N0} trained"
            : $"{model.ParameterCount:N0}"),
        .. model.Metadata.Select(entry => (entry.Key, (string?)entry.Value)),
    ];

    /// <inheritdoc/>
    public object Document => model;

    /// <summary>Reads a model's layers, shapes and metadata.</summary>
    public static IInspection Read(Stream file) => new ModelInspection(OnnxModelReader.Summarize(file));

    private static string Describe(ModelValue value) => $"{value.Name}: {value.ElementType} {value.Shape}".TrimEnd();

    private static string Describe(ModelLayer layer) =>
        $"{layer.Name} ({layer.Operator}){(layer.OutputShape is { } shape ? $" -> {shape}" : "")}" +
        (layer.Parameters > 0 ? $", {layer.Parameters:N0} parameters" : "");
}
