using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Google.Protobuf;
using MusicPipeline.Errors;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>Makes constant tensors and reads them back; elements are little-endian whatever the machine.</summary>
internal static class Tensors
{
    public static TensorProto Of(string name, float[] values, params long[] shape) =>
        Make(name, TensorElement.Float32, values, shape);

    public static TensorProto Of(string name, double[] values, params long[] shape) =>
        Make(name, TensorElement.Float64, values, shape);

    public static TensorProto Of(string name, long[] values, params long[] shape) =>
        Make(name, TensorElement.Int64, values, shape);

    public static float[] Float32(TensorProto tensor, params long[] shape) =>
        Values<float>(tensor, TensorElement.Float32, shape);

    public static double[] Float64(TensorProto tensor, params long[] shape) =>
        Values<double>(tensor, TensorElement.Float64, shape);

    public static long[] Int64(TensorProto tensor, params long[] shape) =>
        Values<long>(tensor, TensorElement.Int64, shape);

    /// <summary>Number of elements by the shape.</summary>
    /// <exception cref="InputException">A dimension is negative or the product overflows.</exception>
    public static long Count(TensorProto tensor)
    {
        long count = 1;
        foreach (var size in tensor.Dims)
        {
            if (size < 0 || Math.BigMul(count, size, out count) != 0 || count < 0)
                throw OnnxProblem.Of($"tensor '{tensor.Name}' has an impossible shape");
        }

        return count;
    }

    private static TensorProto Make<T>(string name, int type, T[] values, long[] shape)
        where T : struct =>
        new()
        {
            Name = name,
            DataType = type,
            Dims = { shape },
            // The copy that it wraps is nobody else's.
            RawData = UnsafeByteOperations.UnsafeWrap(InFileOrder<T>(MemoryMarshal.AsBytes(values.AsSpan()))),
        };

    private static T[] Values<T>(TensorProto tensor, int type, long[] shape)
        where T : struct
    {
        if (tensor.DataType != type || !shape.SequenceEqual(tensor.Dims))
        {
            throw OnnxProblem.NotOurs(
                $"tensor '{tensor.Name}' is {TensorElement.Name(tensor.DataType)} of shape {Shape(tensor.Dims)}, "
                + $"and {TensorElement.Name(type)} of shape {Shape(shape)} was expected");
        }

        var bytes = tensor.RawData.Span;
        if (bytes.Length != Count(tensor) * Unsafe.SizeOf<T>())
            throw OnnxProblem.Of($"tensor '{tensor.Name}' holds {bytes.Length} bytes, which do not fit its shape {Shape(shape)}");
        return MemoryMarshal.Cast<byte, T>(InFileOrder<T>(bytes)).ToArray();
    }

    private static string Shape(IEnumerable<long> shape) => $"({string.Join(", ", shape)})";

    private static byte[] InFileOrder<T>(ReadOnlySpan<byte> source)
        where T : struct
    {
        var bytes = source.ToArray();
        if (BitConverter.IsLittleEndian) return bytes;
        if (Unsafe.SizeOf<T>() == sizeof(int))
        {
            var words = MemoryMarshal.Cast<byte, int>(bytes.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else
        {
            var words = MemoryMarshal.Cast<byte, long>(bytes.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        return bytes;
    }
}
