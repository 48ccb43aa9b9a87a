using ProtoBuf;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>Name and type of a value of the graph. Field numbers are those of onnx.proto.</summary>
[ProtoContract]
internal sealed class ValueInfoProto
{
    [ProtoMember(1)] public string? Name { get; set; }

    [ProtoMember(2)] public TypeProto? Type { get; set; }
}
