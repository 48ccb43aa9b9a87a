using ProtoBuf;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>TensorShapeProto.Dimension: a size or a name. Field numbers are those of onnx.proto.</summary>
[ProtoContract]
internal sealed class DimensionProto
{
    [ProtoMember(1)] public long? DimValue { get; set; }

    [ProtoMember(2)] public string? DimParam { get; set; }
}
