using ProtoBuf;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>One operator call. Field numbers are those of onnx.proto.</summary>
[ProtoContract]
internal sealed class NodeProto
{
    [ProtoMember(1)] public List<string> Input { get; } = [];

    [ProtoMember(2)] public List<string> Output { get; } = [];

    [ProtoMember(3)] public string? Name { get; set; }

    [ProtoMember(4)] public string? OpType { get; set; }

    [ProtoMember(5)] public List<AttributeProto> Attribute { get; } = [];
}
