using MusicPipeline.Data;
using Dimension = MusicPipeline.Training.Models.Onnx.TensorShapeProto.Types.Dimension;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>
/// The one graph that is written: raw features, standardization, hidden layer, output layer, probabilities, label.
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

    private const int ActivationNode = 5;

    private static readonly string[] Operators =
        ["Cast", "Sub", "Div", "Cast", "Gemm", "", "Gemm", "Softmax", "ArgMax", "Gather"];

    private static Dimension Rows => new() { DimParam = "rows" };

    /// <summary>The activation of a graph whose operators are those that are written, or null.</summary>
    public static Activation? ActivationOf(GraphProto graph)
    {
        if (graph.Node.Count != Operators.Length) return null;
        for (var i = 0; i < Operators.Length; i++)
        {
            if (i != ActivationNode && graph.Node[i].OpType != Operators[i]) return null;
        }

        var name = graph.Node[ActivationNode].OpType;
        return Enum.GetValues<Activation>().Where(activation => OperatorOf(activation) == name).Cast<Activation?>().FirstOrDefault();
    }

    public static GraphProto Build(NetworkWeights weights, Scaler scaler, long[] classes)
    {
        var (features, hidden, outputs) = (weights.Features, weights.HiddenUnits, weights.Classes);
        var graph = new GraphProto { Name = Name };
        graph.Initializer.AddRange(
        [
            Tensors.Of("mean", scaler.Mean, features),
            Tensors.Of("deviation", scaler.Deviation, features),
            Tensors.Of("w1", weights.W1, features, hidden),
            Tensors.Of("b1", weights.B1, hidden),
            Tensors.Of("w2", weights.W2, hidden, outputs),
            Tensors.Of("b2", weights.B2, outputs),
            Tensors.Of("classes", classes, outputs),
        ]);
        graph.Node.AddRange(
        [
            Node("Cast", "widen", [Features], "wide", ("to", TensorElement.Float64)),
            Node("Sub", "subtract_mean", ["wide", "mean"], "centred"),
            Node("Div", "divide_by_deviation", ["centred", "deviation"], "scaled"),
            Node("Cast", "narrow", ["scaled"], "standardized", ("to", TensorElement.Float32)),
            Node("Gemm", "hidden", ["standardized", "w1", "b1"], "hidden_sums"),
            Node(OperatorOf(weights.Activation), OperatorOf(weights.Activation).ToLowerInvariant(), ["hidden_sums"], "activations"),
            Node("Gemm", "output", ["activations", "w2", "b2"], "logits"),
            Node("Softmax", "softmax", ["logits"], Probabilities, ("axis", 1)),
            Node("ArgMax", "most_probable", [Probabilities], "class_index", ("axis", 1), ("keepdims", 0)),
            Node("Gather", "label_of_class", ["classes", "class_index"], Label, ("axis", 0)),
        ]);
        graph.Input.Add(Value(Features, TensorElement.Float32, features));
        graph.Output.Add(Value(Probabilities, TensorElement.Float32, outputs));
        graph.Output.Add(Value(Label, TensorElement.Int64));
        graph.ValueInfo.AddRange(
        [
            Value("wide", TensorElement.Float64, features),
            Value("centred", TensorElement.Float64, features),
            Value("scaled", TensorElement.Float64, features),
            Value("standardized", TensorElement.Float32, features),
            Value("hidden_sums", TensorElement.Float32, hidden),
            Value("activations", TensorElement.Float32, hidden),
            Value("logits", TensorElement.Float32, outputs),
            Value("class_index", TensorElement.Int64),
        ]);
        return graph;
    }

    // ONNX calls each by the name that it has here.
    private static string OperatorOf(Activation activation) => activation.ToString();

    private static NodeProto Node(string type, string name, string[] inputs, string output, params (string Name, long Value)[] attributes)
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
