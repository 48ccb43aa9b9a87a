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
        return ActivationOf(model) is not null ? summary with { TrainedParameterCount = Read(model).Weights.ParameterCount } : summary;
    }

    private static TrainedModel Read(ModelProto model)
    {
        if (ActivationOf(model) is not { } activation)
            throw OnnxProblem.NotOurs(
                $"the model was written by {(model.HasProducerName ? model.ProducerName : "an unnamed program")} "
                + "and has another graph than this pipeline's");
        var tensors = new Dictionary<string, TensorProto>();
        foreach (var tensor in model.Graph!.Initializer) tensors[tensor.Name] = tensor;
        TensorProto Find(string name) =>
            tensors.GetValueOrDefault(name) ?? throw OnnxProblem.Of($"the model lacks the tensor '{name}'");

        var w1 = Find("w1");
        var w2 = Find("w2");
        if (w1.Dims is not [> 0 and <= int.MaxValue, > 0 and <= int.MaxValue] || w2.Dims is not [_, > 0 and <= int.MaxValue])
            throw OnnxProblem.Of("the model's weights are no matrices");
        var (features, hidden, classes) = (w1.Dims[0], w1.Dims[1], w2.Dims[1]);
        var weights = new NetworkWeights(
            (int)features,
            (int)hidden,
            (int)classes,
            Tensors.Float32(w1, features, hidden),
            Tensors.Float32(Find("b1"), hidden),
            Tensors.Float32(w2, hidden, classes),
            Tensors.Float32(Find("b2"), classes))
        {
            Activation = activation,
        };
        var scaler = new Scaler(Tensors.Float64(Find("mean"), features), Tensors.Float64(Find("deviation"), features));
        var metadata = MetadataProps.Read(ModelFile.Metadata(model));
        return metadata.Classes.AsSpan().SequenceEqual(Tensors.Int64(Find("classes"), classes))
            ? new TrainedModel(weights, scaler, metadata)
            : throw OnnxProblem.Of("the model's metadata names other classes than its graph");
    }

    /// <summary>The activation of this pipeline's model; null for any other model.</summary>
    private static Activation? ActivationOf(ModelProto model) =>
        model.ProducerName == OnnxWriter.Producer && model.Graph!.Name == ClassifierGraph.Name
            ? ClassifierGraph.ActivationOf(model.Graph)
            : null;
}
