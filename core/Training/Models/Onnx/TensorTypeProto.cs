using ProtoBuf;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>TypeProto.Tensor: element type and shape. Field numbers are those of onnx.proto.</summary>
[ProtoContract]
internal sealed class TensorTypeProto
{
    [ProtoMember(1)] public int ElemType { get; set; }

    [ProtoMember(2)] public TensorShapeProto? Shape { get; set; }
}
