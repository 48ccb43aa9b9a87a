using ProtoBuf;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>Nodes in topological order, the constants that they use, and what goes in and out. Field numbers are those of onnx.proto.</summary>
[ProtoContract]
internal sealed class GraphProto
{
    [ProtoMember(1)] public List<NodeProto> Node { get; } = [];

    [ProtoMember(2)] public string? Name { get; set; }

    [ProtoMember(5)] public List<TensorProto> Initializer { get; } = [];

    [ProtoMember(11)] public List<ValueInfoProto> Input { get; } = [];

    [ProtoMember(12)] public List<ValueInfoProto> Output { get; } = [];

    [ProtoMember(13)] public List<ValueInfoProto> ValueInfo { get; } = [];
}
