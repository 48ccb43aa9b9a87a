using ProtoBuf;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>A set of operators that the model needs; no domain stands for ai.onnx. Field numbers are those of onnx.proto.</summary>
[ProtoContract]
internal sealed class OperatorSetIdProto
{
    [ProtoMember(1)] public string? Domain { get; set; }

    [ProtoMember(2)] public long Version { get; set; }
}
