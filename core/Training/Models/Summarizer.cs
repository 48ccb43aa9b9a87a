using MusicPipeline.Training.Models.Onnx;

namespace MusicPipeline.Training.Models;

/// <summary>Turns a graph into a <see cref="ModelSummary"/>.</summary>
internal static class Summarizer
{
    public static ModelSummary Summarize(ModelProto model)
    {
        var graph = model.Graph!;
        var unused = new Dictionary<string, long>();
        foreach (var tensor in graph.Initializer)
        {
            if (!unused.TryAdd(tensor.Name, Tensors.Count(tensor)))
                throw OnnxProblem.Of($"two tensors are called '{tensor.Name}'");
        }

        var total = unused.Values.Aggregate(0L, (sum, count) => long.MaxValue - sum < count
            ? throw OnnxProblem.Of("the tensors have impossible shapes")
            : sum + count);
        var inputs = graph.Input.Where(input => !unused.ContainsKey(input.Name)).Select(Value).ToArray();
        var shapes = new Dictionary<string, string?>();
        foreach (var value in graph.ValueInfo.Concat(graph.Output)) shapes[value.Name] = Shape(value);
        return new ModelSummary(
            graph.Name,
            $"{model.ProducerName} {model.ProducerVersion}".Trim(),
            model.IrVersion,
            Opsets(model),
            inputs,
            [.. graph.Output.Select(Value)],
            [.. graph.Node.Select(node => Layer(node, shapes, unused))],
            total,
            TrainedParameterCount: null,
            Metadata: ModelFile.Metadata(model));
    }

    private static ModelLayer Layer(NodeProto node, Dictionary<string, string?> shapes, Dictionary<string, long> unused)
    {
        var output = node.Output.FirstOrDefault() ?? "";
        var parameters = 0L;
        foreach (var input in node.Input)
        {
            if (unused.Remove(input, out var count)) parameters += count;
        }

        return new ModelLayer(
            node.Name.Length == 0 ? output : node.Name,
            node.OpType,
            shapes.GetValueOrDefault(output),
            parameters);
    }

    private static SortedDictionary<string, long> Opsets(ModelProto model)
    {
        var opsets = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var opset in model.OpsetImport)
            opsets[opset.Domain.Length == 0 ? "ai.onnx" : opset.Domain] = opset.Version;
        return opsets;
    }

    private static ModelValue Value(ValueInfoProto value) => new(
        value.Name,
        value.Type?.TensorType is { } tensor ? TensorElement.Name(tensor.ElemType) : "",
        Shape(value));

    private static string? Shape(ValueInfoProto value) => value.Type?.TensorType?.Shape is { } shape
        ? $"({string.Join(
            ", ", shape.Dim.Select(dim => dim.HasDimValue ? dim.DimValue.ToString() : dim.HasDimParam ? dim.DimParam : "?"))})"
        : null;
}
