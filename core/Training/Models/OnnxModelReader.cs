using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Training.Models.Onnx;

namespace MusicPipeline.Training.Models;

/// <summary>Reads ONNX files: this pipeline's models whole, any other as a summary.</summary>
public static class OnnxModelReader
{
    /// <summary>Reads a model that <see cref="OnnxWriter"/> wrote.</summary>
    /// <param name="stream">The ONNX file, at most 256 MiB.</param>
    /// <exception cref="InputException">The file is damaged, or it is another program's model.</exception>
    public static TrainedModel Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(ModelFile.Read(stream));
    }

    /// <summary>Reads the layers, shapes and metadata of any ONNX file.</summary>
    /// <param name="stream">The ONNX file, at most 256 MiB.</param>
    /// <exception cref="InputException">The file is damaged or no ONNX model.</exception>
    public static ModelSummary Summarize(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var model = ModelFile.Read(stream);
        var summary = Summarizer.Summarize(model);
        return StructureOf(model) is not null ? summary with { TrainedParameterCount = Read(model).Weights.ParameterCount } : summary;
    }

    private static TrainedModel Read(ModelProto model)
    {
        if (StructureOf(model) is not var (hiddenLayers, activation))
            throw OnnxProblem.NotOurs(
                $"the model was written by {(model.HasProducerName ? model.ProducerName : "an unnamed program")} "
                + "and has another graph than this pipeline's");
        var tensors = new Dictionary<string, TensorProto>();
        foreach (var tensor in model.Graph!.Initializer) tensors[tensor.Name] = tensor;
        TensorProto Find(string name) =>
            tensors.GetValueOrDefault(name) ?? throw OnnxProblem.Of($"the model lacks the tensor '{name}'");

        var layers = new DenseLayer[hiddenLayers + 1];
        for (var i = 0; i < layers.Length; i++)
        {
            var matrix = Find($"w{i + 1}");
            if (matrix.Dims is not [> 0 and <= int.MaxValue, > 0 and <= int.MaxValue] || (i > 0 && matrix.Dims[0] != layers[i - 1].Units))
                throw OnnxProblem.Of("the model's weights are no matrices, or do not follow one another");
            var (inputs, units) = (matrix.Dims[0], matrix.Dims[1]);
            layers[i] = new DenseLayer(
                (int)inputs, (int)units, Tensors.Float32(matrix, inputs, units), Tensors.Float32(Find($"b{i + 1}"), units));
        }

        var weights = new NetworkWeights(layers, activation);
        var (features, classes) = (weights.Features, weights.Classes);
        var scaler = new Scaler(Tensors.Float64(Find("mean"), features), Tensors.Float64(Find("deviation"), features));
        var metadata = MetadataProps.Read(ModelFile.Metadata(model));
        return metadata.Classes.AsSpan().SequenceEqual(Tensors.Int64(Find("classes"), classes))
            ? new TrainedModel(weights, scaler, metadata)
            : throw OnnxProblem.Of("the model's metadata names other classes than its graph");
    }

    /// <summary>The hidden layers and the activation of this pipeline's model; null for any other model.</summary>
    private static (int HiddenLayers, Activation Activation)? StructureOf(ModelProto model) =>
        model.ProducerName == OnnxWriter.Producer && model.Graph!.Name == ClassifierGraph.Name
            ? ClassifierGraph.StructureOf(model.Graph)
            : null;
}
