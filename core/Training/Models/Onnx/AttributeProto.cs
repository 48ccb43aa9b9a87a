using ProtoBuf;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>An attribute of a node; only integers occur in what is written here, and nothing else is read. Field numbers are those of onnx.proto.</summary>
[ProtoContract]
internal sealed class AttributeProto
{
    /// <summary>AttributeType.INT.</summary>
    public const int Integer = 2;

    [ProtoMember(1)] public string? Name { get; set; }

    // Nullable, so that a zero is written too.
    [ProtoMember(3)] public long? I { get; set; }

    [ProtoMember(20)] public int Type { get; set; }
}
