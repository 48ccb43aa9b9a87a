using ProtoBuf;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>A constant tensor, row-major. Only raw_data is read: little-endian elements. Field numbers are those of onnx.proto.</summary>
[ProtoContract]
internal sealed class TensorProto
{
    [ProtoMember(1, IsPacked = false)] public long[]? Dims { get; set; }

    [ProtoMember(2)] public int DataType { get; set; }

    [ProtoMember(8)] public string? Name { get; set; }

    [ProtoMember(9)] public byte[]? RawData { get; set; }
}
