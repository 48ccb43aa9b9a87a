using ProtoBuf;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>A whole ONNX file. Field numbers are those of onnx.proto.</summary>
[ProtoContract]
internal sealed class ModelProto
{
    [ProtoMember(1)] public long IrVersion { get; set; }

    [ProtoMember(2)] public string? ProducerName { get; set; }

    [ProtoMember(3)] public string? ProducerVersion { get; set; }

    [ProtoMember(7)] public GraphProto? Graph { get; set; }

    [ProtoMember(8)] public List<OperatorSetIdProto> OpsetImport { get; } = [];

    [ProtoMember(14)] public List<StringStringEntryProto> MetadataProps { get; } = [];
}
