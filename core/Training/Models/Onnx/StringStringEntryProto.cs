using ProtoBuf;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>A key and its value. Field numbers are those of onnx.proto.</summary>
[ProtoContract]
internal sealed class StringStringEntryProto
{
    [ProtoMember(1)] public string? Key { get; set; }

    [ProtoMember(2)] public string? Value { get; set; }
}
