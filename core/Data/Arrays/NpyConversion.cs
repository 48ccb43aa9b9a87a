using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using MusicPipeline.Errors;

namespace MusicPipeline.Data.Arrays;

/// <summary>Turns blocks of a file's bytes into numbers.</summary>
internal static class NpyConversion
{
    /// <summary>Brings a block's elements into this machine's byte order, in place.</summary>
    public static void ToNativeOrder(Span<byte> block, int elementSize, bool bigEndian)
    {
        if (bigEndian != BitConverter.IsLittleEndian) return;
        switch (elementSize)
        {
            case 2:
                var words = MemoryMarshal.Cast<byte, ushort>(block);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 4:
                var doubleWords = MemoryMarshal.Cast<byte, uint>(block);
                BinaryPrimitives.ReverseEndianness(doubleWords, doubleWords);
                break;
            case 8:
                var quadWords = MemoryMarshal.Cast<byte, ulong>(block);
                BinaryPrimitives.ReverseEndianness(quadWords, quadWords);
                break;
        }
    }

    /// <summary>Converts elements in native byte order; floats never go to an integer type.</summary>
    /// <exception cref="InputException">An unsigned value does not fit <see cref="long"/>.</exception>
    public static void Convert<T>(NpyElementType type, ReadOnlySpan<byte> block, Span<T> values)
        where T : unmanaged, INumber<T>
    {
        switch (type)
        {
            case NpyElementType.Boolean:
                for (var i = 0; i < values.Length; i++) values[i] = block[i] == 0 ? T.Zero : T.One;
                break;
            case NpyElementType.Int8: Cast<sbyte, T>(block, values); break;
            case NpyElementType.Int16: Cast<short, T>(block, values); break;
            case NpyElementType.Int32: Cast<int, T>(block, values); break;
            case NpyElementType.Int64: Cast<long, T>(block, values); break;
            case NpyElementType.UInt8: Cast<byte, T>(block, values); break;
            case NpyElementType.UInt16: Cast<ushort, T>(block, values); break;
            case NpyElementType.UInt32: Cast<uint, T>(block, values); break;
            case NpyElementType.UInt64:
                if (typeof(T) == typeof(long)) CheckRange(MemoryMarshal.Cast<byte, ulong>(block));
                Cast<ulong, T>(block, values);
                break;
            case NpyElementType.Float16: Cast<Half, T>(block, values); break;
            case NpyElementType.Float32: Cast<float, T>(block, values); break;
            default:
                if (typeof(T) == typeof(float)) Narrow(MemoryMarshal.Cast<byte, double>(block), MemoryMarshal.Cast<T, float>(values));
                else Cast<double, T>(block, values);
                break;
        }
    }

    private static void Cast<TSource, T>(ReadOnlySpan<byte> block, Span<T> values)
        where TSource : unmanaged, INumber<TSource>
        where T : unmanaged, INumber<T>
    {
        var source = MemoryMarshal.Cast<byte, TSource>(block);
        if (typeof(TSource) == typeof(T))
        {
            MemoryMarshal.Cast<TSource, T>(source).CopyTo(values);
            return;
        }

        for (var i = 0; i < values.Length; i++) values[i] = T.CreateTruncating(source[i]);
    }

    private static void Narrow(ReadOnlySpan<double> source, Span<float> values)
    {
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Narrow(new Vector<double>(source[i..]), new Vector<double>(source[(i + Vector<double>.Count)..]))
                .CopyTo(values[i..]);
        }

        for (; i < values.Length; i++) values[i] = (float)source[i];
    }

    private static void CheckRange(ReadOnlySpan<ulong> values)
    {
        foreach (var value in values)
        {
            if (value > long.MaxValue)
                throw new InputException(
                    $"the array holds {value}, which is more than a signed 64-bit integer can be", "use smaller numbers");
        }
    }
}
