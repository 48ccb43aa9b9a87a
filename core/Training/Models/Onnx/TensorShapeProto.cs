using ProtoBuf;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>A shape; some of its dimensions may have names instead of sizes. Field numbers are those of onnx.proto.</summary>
[ProtoContract]
internal sealed class TensorShapeProto
{
    [ProtoMember(1)] public List<DimensionProto> Dim { get; } = [];
}
