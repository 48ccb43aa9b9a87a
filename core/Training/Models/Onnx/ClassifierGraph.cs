using MusicPipeline.Data;
using Dimension = MusicPipeline.Training.Models.Onnx.TensorShapeProto.Types.Dimension;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>
/// The one graph that is written: raw features, standardization, hidden layers, output layer, probabilities, label.
/// </summary>
/// <remarks>
/// Standardization runs in float64 inside the graph, as it does where data sets are made: with float32 constants a
/// feature whose mean is 10,000 deviations away from zero would move the probabilities by more than 1e-5.
/// </remarks>
internal static class ClassifierGraph
{
    public const string Name = "music_classifier";
    public const string Features = "features";
    public const string Probabilities = "probabilities";
    public const string Label = "label";

    // AttributeType.INT.
    private const int Integer = 2;

    private static readonly string[] Before = ["Cast", "Sub", "Div", "Cast"];
    private static readonly string[] After = ["Gemm", "Softmax", "ArgMax", "Gather"];

    private static Dimension Rows => new() { DimParam = "rows" };

    /// <summary>The hidden layers and the activation of a graph whose operators are those that are written, or null.</summary>
    public static (int HiddenLayers, Activation Activation)? StructureOf(GraphProto graph)
    {
        var hiddenNodes = graph.Node.Count - Before.Length - After.Length;
        if (hiddenNodes < 2 || hiddenNodes % 2 != 0 || hiddenNodes > 2 * HyperParameters.MostLayers) return null;
        var name = graph.Node[Before.Length + 1].OpType;
        string[] hidden = [.. Enumerable.Range(0, hiddenNodes).Select(i => i % 2 == 0 ? "Gemm" : name)];
        if (!graph.Node.Select(node => node.OpType).SequenceEqual([.. Before, .. hidden, .. After])) return null;
        return Enum.GetValues<Activation>()
            .Where(activation => OperatorOf(activation) == name)
            .Select(activation => ((int, Activation)?)(hiddenNodes / 2, activation))
            .FirstOrDefault();
    }

    public static GraphProto Build(NetworkWeights weights, Scaler scaler, long[] classes)
    {
        var (features, outputs, hiddenLayers) = (weights.Features, weights.Classes, weights.Layers.Length - 1);
        var operation = OperatorOf(weights.Activation);
        var graph = new GraphProto { Name = Name };
        graph.Initializer.Add(Tensors.Of("mean", scaler.Mean, features));
        graph.Initializer.Add(Tensors.Of("deviation", scaler.Deviation, features));
        graph.Node.AddRange(
        [
            Node("Cast", "widen", [Features], "wide", ("to", TensorElement.Float64)),
            Node("Sub", "subtract_mean", ["wide", "mean"], "centred"),
            Node("Div", "divide_by_deviation", ["centred", "deviation"], "scaled"),
            Node("Cast", "narrow", ["scaled"], "standardized", ("to", TensorElement.Float32)),
        ]);
        graph.ValueInfo.AddRange(
        [
            Value("wide", TensorElement.Float64, features),
            Value("centred", TensorElement.Float64, features),
            Value("scaled", TensorElement.Float64, features),
            Value("standardized", TensorElement.Float32, features),
        ]);
        var values = "standardized";
        for (var i = 0; i < weights.Layers.Length; i++)
        {
            var (inputs, units, matrix, biases) = weights.Layers[i];
            var (w, b) = ($"w{i + 1}", $"b{i + 1}");
            graph.Initializer.Add(Tensors.Of(w, matrix, inputs, units));
            graph.Initializer.Add(Tensors.Of(b, biases, units));
            if (i == hiddenLayers)
            {
                graph.Node.Add(Node("Gemm", "output", [values, w, b], "logits"));
                graph.ValueInfo.Add(Value("logits", TensorElement.Float32, units));
                break;
            }

            // A single hidden layer needs no number.
            var number = hiddenLayers == 1 ? "" : $"_{i + 1}";
            graph.Node.Add(Node("Gemm", "hidden" + number, [values, w, b], "hidden_sums" + number));
            values = "activations" + number;
            graph.Node.Add(Node(operation, operation.ToLowerInvariant() + number, ["hidden_sums" + number], values));
            graph.ValueInfo.Add(Value("hidden_sums" + number, TensorElement.Float32, units));
            graph.ValueInfo.Add(Value(values, TensorElement.Float32, units));
        }

        graph.Initializer.Add(Tensors.Of("classes", classes, outputs));
        graph.Node.AddRange(
        [
            Node("Softmax", "softmax", ["logits"], Probabilities, ("axis", 1)),
            Node("ArgMax", "most_probable", [Probabilities], "class_index", ("axis", 1), ("keepdims", 0)),
            Node("Gather", "label_of_class", ["classes", "class_index"], Label, ("axis", 0)),
        ]);
        graph.ValueInfo.Add(Value("class_index", TensorElement.Int64));
        graph.Input.Add(Value(Features, TensorElement.Float32, features));
        graph.Output.Add(Value(Probabilities, TensorElement.Float32, outputs));
        graph.Output.Add(Value(Label, TensorElement.Int64));
        return graph;
    }

    // ONNX calls each by the name that it has here.
    private static string OperatorOf(Activation activation) => activation.ToString();

    public static NodeProto Node(string type, string name, string[] inputs, string output, params (string Name, long Value)[] attributes)
    {
        var node = new NodeProto { Name = name, OpType = type };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes.Select(a => new AttributeProto { Name = a.Name, I = a.Value, Type = Integer }));
        return node;
    }

    private static ValueInfoProto Value(string name, int element, params int[] columns)
    {
        var shape = new TensorShapeProto { Dim = { Rows } };
        shape.Dim.AddRange(columns.Select(size => new Dimension { DimValue = size }));
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = element, Shape = shape } } };
    }
}
