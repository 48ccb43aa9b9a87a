using ProtoBuf;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>The type of a value; sequences and maps are skipped. Field numbers are those of onnx.proto.</summary>
[ProtoContract]
internal sealed class TypeProto
{
    [ProtoMember(1)] public TensorTypeProto? TensorType { get; set; }
}
