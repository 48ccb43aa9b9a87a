using Google.Protobuf;
using MusicPipeline.Errors;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>Reads a ModelProto from a file that may hold anything.</summary>
internal static class ModelFile
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int MostBytes = 256 << 20;

    private static readonly MessageParser<ModelProto> Parser = ModelProto.Parser.WithDiscardUnknownFields(true);

    /// <exception cref="InputException">The file is no ONNX model, cut off or too large.</exception>
    public static ModelProto Read(Stream stream) => Parse(ReadBytes(stream));

    /// <exception cref="InputException">The bytes are no ONNX model, or cut off.</exception>
    public static ModelProto Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == 0) throw OnnxProblem.Of("the file is empty");
        WireCheck.Model(bytes.Span);
        ModelProto model;
        try
        {
            model = Parser.ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw OnnxProblem.Of("the file is no ONNX model, or it is damaged", exception);
        }

        return model.Graph is null || model.IrVersion <= 0 ? throw OnnxProblem.Of("the file holds no ONNX graph") : model;
    }

    /// <summary>The metadata of a model; the last of equal keys counts.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(ModelProto model)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in model.MetadataProps) metadata[entry.Key] = entry.Value;
        return metadata;
    }

    /// <exception cref="InputException">The file is larger than <see cref="MostBytes"/>.</exception>
    public static ReadOnlyMemory<byte> ReadBytes(Stream stream)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[81920];
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            if (buffer.Length + read > MostBytes)
            {
                throw new InputException(
                    $"the model is larger than {MostBytes >> 20} MiB",
                    "take a smaller model",
                    kind: InputErrorKind.TooLarge);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
