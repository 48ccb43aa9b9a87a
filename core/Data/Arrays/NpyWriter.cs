using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace MusicPipeline.Data.Arrays;

/// <summary>
/// Writes arrays as <c>numpy.save</c> does, byte for byte: version 1.0, C order, little-endian, elements at a multiple
/// of 64 bytes. The stream need not seek.
/// </summary>
public static class NpyWriter
{
    private const int Alignment = 64;
    private const int BlockBytes = 256 * 1024;

    // NumPy leaves room for a first axis of up to 21 digits, so that a file can grow in place.
    private const int GrowthDigits = 21;

    /// <summary>Writes one array.</summary>
    /// <typeparam name="T">An integer, float or bool type of up to 8 bytes.</typeparam>
    /// <param name="stream">Receives the file; it is neither flushed nor closed.</param>
    /// <param name="values">The elements in row-major order.</param>
    /// <param name="shape">Length of each axis.</param>
    /// <param name="cancellationToken">Cancels writing.</param>
    /// <exception cref="ArgumentException">The shape does not have as many elements as there are values.</exception>
    /// <exception cref="NotSupportedException">The element type has no NumPy type here.</exception>
    public static async Task WriteAsync<T>(
        Stream stream, ReadOnlyMemory<T> values, long[] shape, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        if (shape.Any(axis => axis < 0) || shape.Aggregate((Int128)1, (product, axis) => product * axis) != values.Length)
            throw new ArgumentException($"The shape ({string.Join(", ", shape)}) does not hold {values.Length} values.", nameof(shape));
        var type = ElementType<T>();
        await stream.WriteAsync(Header(type, shape), cancellationToken);

        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            for (var at = 0; at < values.Length;)
            {
                var count = Math.Min(BlockBytes / type.Size(), values.Length - at);
                var block = buffer.AsMemory(0, count * type.Size());
                MemoryMarshal.AsBytes(values.Span.Slice(at, count)).CopyTo(block.Span);
                NpyConversion.ToNativeOrder(block.Span, type.Size(), bigEndian: false);
                await stream.WriteAsync(block, cancellationToken);
                at += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Bytes of the file that <see cref="WriteAsync"/> makes of an array of this shape.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    public static long Length<T>(long[] shape)
        where T : unmanaged
    {
        var type = ElementType<T>();
        return Header(type, shape).Length + (shape.Aggregate(1L, (product, axis) => checked(product * axis)) * type.Size());
    }

    private static byte[] Header(NpyElementType type, long[] shape)
    {
        var shapeText = shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})";
        var text = new StringBuilder($"{{'descr': '{type.Descriptor(bigEndian: false)}', 'fortran_order': False, 'shape': {shapeText}, }}");
        if (shape.Length > 0) text.Append(' ', GrowthDigits - shape[0].ToString().Length);

        const int Preamble = 10;
        var unpadded = Preamble + text.Length + 1;
        text.Append(' ', (Alignment - (unpadded % Alignment)) % Alignment).Append('\n');

        var header = new byte[Preamble + text.Length];
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1;
        header[8] = (byte)text.Length;
        header[9] = (byte)(text.Length >> 8);
        Encoding.ASCII.GetBytes(text.ToString(), header.AsSpan(Preamble));
        return header;
    }

    private static NpyElementType ElementType<T>() => default(T) switch
    {
        bool => NpyElementType.Boolean,
        sbyte => NpyElementType.Int8,
        short => NpyElementType.Int16,
        int => NpyElementType.Int32,
        long => NpyElementType.Int64,
        byte => NpyElementType.UInt8,
        ushort => NpyElementType.UInt16,
        uint => NpyElementType.UInt32,
        ulong => NpyElementType.UInt64,
        Half => NpyElementType.Float16,
        float => NpyElementType.Float32,
        double => NpyElementType.Float64,
        _ => throw new NotSupportedException($"{typeof(T).Name} has no NumPy type here."),
    };
}
