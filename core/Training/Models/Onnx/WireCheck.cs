using MusicPipeline.Errors;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>
/// Walks a protobuf message before it is deserialized: every length must fit into what encloses it, and the number
/// of fields is limited, so that reading a file takes memory in proportion to its size.
/// </summary>
internal ref struct WireCheck
{
    private const int MostFields = 2_000_000;
    private const int MostDimensionBytes = 640;

    private readonly ReadOnlySpan<byte> _file;
    private int _position;
    private int _fields;

    private WireCheck(ReadOnlySpan<byte> file) => _file = file;

    /// <summary>Checks a serialized ModelProto.</summary>
    /// <exception cref="InputException">It is none, or it is cut off.</exception>
    public static void Model(ReadOnlySpan<byte> file)
    {
        var check = new WireCheck(file);
        check.Message(WireMessage.Model, file.Length);
    }

    private void Message(WireMessage message, int end)
    {
        while (_position < end)
        {
            if (++_fields > MostFields) throw OnnxProblem.Of($"the file has more than {MostFields} fields");
            var tag = Varint(end);
            var field = tag >> 3;
            if (field is 0 or > int.MaxValue) throw Damaged();
            switch (tag & 7)
            {
                case 0:
                    Varint(end);
                    break;
                case 1:
                    Skip(8, end);
                    break;
                case 2:
                    Nested(message, (int)field, end);
                    break;
                case 5:
                    Skip(4, end);
                    break;
                default:
                    throw Damaged();
            }
        }
    }

    private void Nested(WireMessage message, int field, int end)
    {
        var length = Varint(end);
        if (length > (ulong)(end - _position))
        {
            throw OnnxProblem.Of(
                $"the file is cut off or no ONNX model: at byte {_position} it announces {length} bytes, and {end - _position} follow");
        }

        if (message == WireMessage.Tensor && field == 1 && length > MostDimensionBytes)
            throw OnnxProblem.Of("a tensor has too many dimensions");
        if (Child(message, field) is { } child) Message(child, _position + (int)length);
        else _position += (int)length;
    }

    private void Skip(int bytes, int end)
    {
        if (end - _position < bytes) throw Damaged();
        _position += bytes;
    }

    private ulong Varint(int end)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64 && _position < end; shift += 7)
        {
            var next = _file[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Damaged();
    }

    private readonly InputException Damaged() =>
        OnnxProblem.Of($"the file is no ONNX model, or it is damaged at byte {_position}");

    private static WireMessage? Child(WireMessage message, int field) => (message, field) switch
    {
        (WireMessage.Model, 7) => WireMessage.Graph,
        (WireMessage.Model, 8) => WireMessage.OperatorSet,
        (WireMessage.Model, 14) => WireMessage.Entry,
        (WireMessage.Graph, 1) => WireMessage.Node,
        (WireMessage.Graph, 5) => WireMessage.Tensor,
        (WireMessage.Graph, 11 or 12 or 13) => WireMessage.ValueInfo,
        (WireMessage.Node, 5) => WireMessage.Attribute,
        (WireMessage.ValueInfo, 2) => WireMessage.Type,
        (WireMessage.Type, 1) => WireMessage.TensorType,
        (WireMessage.TensorType, 2) => WireMessage.Shape,
        (WireMessage.Shape, 1) => WireMessage.Dimension,
        _ => null,
    };
}
