using Google.Protobuf;
using MusicPipeline.Data;
using MusicPipeline.Notes;
using MusicPipeline.Training.Models.Onnx;

namespace MusicPipeline.Training.Models;

/// <summary>
/// Writes a trained network as one ONNX graph, IR version 8 and opset 17:
/// <c>features</c> (float32, rows x features, not standardized) in, <c>probabilities</c> (float32, rows x classes)
/// and <c>label</c> (int64, rows) out. <c>label</c> holds the labels that the data came with, not class indices.
/// </summary>
public static class OnnxWriter
{
    internal const string Producer = "MusicPipeline";
    internal const int IrVersion = 8;
    internal const int Opset = 17;

    /// <summary>Writes the model; the same arguments give the same bytes.</summary>
    /// <param name="stream">Where it goes; it is left open.</param>
    /// <param name="weights">The network.</param>
    /// <param name="scaler">Standardization of the network's inputs, which becomes part of the graph.</param>
    /// <param name="metadata">The classes' labels and what else the model says about itself.</param>
    /// <exception cref="ArgumentException">The lengths of weights, scaler and classes do not fit each other.</exception>
    public static void Write(Stream stream, NetworkWeights weights, Scaler scaler, ModelMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Check(weights, scaler, metadata);
        Save(stream, ClassifierGraph.Build(weights, scaler, metadata.Classes), metadata);
    }

    /// <summary>The model's bytes; see <see cref="Write"/>.</summary>
    /// <exception cref="ArgumentException">The lengths of weights, scaler and classes do not fit each other.</exception>
    public static byte[] ToBytes(NetworkWeights weights, Scaler scaler, ModelMetadata metadata)
    {
        using var buffer = new MemoryStream();
        Write(buffer, weights, scaler, metadata);
        return buffer.ToArray();
    }

    /// <summary>
    /// The bytes of a model that takes the mono samples of one note, <c>samples</c> (float32, samples), and has the same outputs, of one
    /// row.
    /// </summary>
    /// <param name="weights">The network.</param>
    /// <param name="scaler">Standardization of the network's inputs.</param>
    /// <param name="metadata">The classes' labels and what else the model says about itself.</param>
    /// <param name="transform">How samples become the network's inputs.</param>
    /// <exception cref="ArgumentException">The lengths of weights, scaler, classes and transform do not fit each other.</exception>
    public static byte[] ToBytes(NetworkWeights weights, Scaler scaler, ModelMetadata metadata, NoteTransform transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        Check(weights, scaler, metadata);
        if (transform.Features != weights.Features)
            throw new ArgumentException($"The transform gives other than {weights.Features} features.", nameof(transform));
        using var buffer = new MemoryStream();
        Save(buffer, NoteGraph.Build(weights, scaler, metadata.Classes, transform), metadata);
        return buffer.ToArray();
    }

    private static void Save(Stream stream, GraphProto graph, ModelMetadata metadata)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = Producer,
            ProducerVersion = typeof(OnnxWriter).Assembly.GetName().Version!.ToString(3),
            Graph = graph,
            OpsetImport = { new OperatorSetIdProto { Version = Opset } },
        };
        model.MetadataProps.AddRange(MetadataProps.Write(metadata));
        model.WriteTo(stream);
    }

    private static void Check(NetworkWeights weights, Scaler scaler, ModelMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(scaler);
        ArgumentNullException.ThrowIfNull(metadata);
        var (features, classes) = (weights.Features, weights.Classes);
        var shape = weights.Shape;
        foreach (var ((_, _, matrix, biases), (inputs, units)) in weights.Layers.Zip(shape.Layers))
        {
            if (matrix.Length == (long)inputs * units && biases.Length == units) continue;
            throw new ArgumentException(
                $"The weights do not fit {features} features, {string.Join(" and ", shape.HiddenUnits)} hidden units and "
                + $"{classes} classes.",
                nameof(weights));
        }

        if (scaler.Mean.Length != features || scaler.Deviation.Length != features)
            throw new ArgumentException(
                $"The scaler has {scaler.Mean.Length} means and {scaler.Deviation.Length} deviations for {features} features.",
                nameof(scaler));
        if (metadata.Classes.Length != classes || (metadata.ClassNames is { } names && names.Length != classes))
            throw new ArgumentException($"The metadata names {metadata.Classes.Length} classes for {classes} outputs.", nameof(metadata));
    }
}
