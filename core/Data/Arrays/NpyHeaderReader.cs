using System.Buffers.Binary;
using System.Text;
using MusicPipeline.Errors;

namespace MusicPipeline.Data.Arrays;

/// <summary>Reads and checks the header of a <c>.npy</c> file, up to its first element.</summary>
internal static class NpyHeaderReader
{
    /// <summary>NumPy's own limit on what it evaluates.</summary>
    public const int MaxCharacters = 10_000;

    /// <summary>Bytes that every file begins with.</summary>
    public const int MagicLength = 6;

    private const int MaxRank = 64;
    private const string SaveAgain = "save the array again with numpy.save";

    /// <summary>Reads the header and compares what it promises with the file's length.</summary>
    /// <param name="stream">At the first byte of the file.</param>
    /// <param name="length">Bytes from there to the end of the file.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="InputException">The header is damaged, of an unread type, or does not fit the length.</exception>
    public static async ValueTask<NpyHeader> ReadAsync(Stream stream, long length, CancellationToken cancellationToken)
    {
        if (length == 0) throw new InputException("the file is empty", SaveAgain);
        var preamble = await TakeAsync(stream, (int)Math.Min(length, 8), cancellationToken);
        var version = Version(preamble);
        var widthOfLength = version == 1 ? 2 : 4;
        var lengthField = new byte[4];
        (await TakeAsync(stream, widthOfLength, cancellationToken)).CopyTo(lengthField, 0);
        var headerLength = BinaryPrimitives.ReadUInt32LittleEndian(lengthField);

        var left = length - preamble.Length - widthOfLength;
        if (headerLength > left)
        {
            throw new InputException(
                $"the header says it is {headerLength:N0} bytes long, but {Math.Max(left, 0):N0} bytes follow", SaveAgain);
        }

        // A UTF-8 character has up to four bytes.
        if (headerLength > MaxCharacters * (version == 3 ? 4 : 1)) throw TooLong();
        var text = Decode(await TakeAsync(stream, (int)headerLength, cancellationToken), version);
        if (text.Length > MaxCharacters) throw TooLong();

        var header = Interpret(text, version);
        CheckLength(header, left - headerLength);
        return header;
    }

    /// <summary>Whether a file that begins so is a <c>.npy</c> file.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> start) => start is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..];

    private static int Version(byte[] preamble)
    {
        if (preamble.AsSpan().StartsWith("PK"u8))
            throw new InputException("the file is a zip archive (.npz)", "save a single array with numpy.save");
        if (preamble.Length < MagicLength + 2 || !IsMagic(preamble))
            throw new InputException("the file does not begin as a .npy file does", SaveAgain);
        var (major, minor) = (preamble[MagicLength], preamble[MagicLength + 1]);
        return (major, minor) is ( >= 1 and <= 3, 0)
            ? major
            : throw new InputException($"the file is of .npy version {major}.{minor}, and 1.0, 2.0 and 3.0 are read", SaveAgain);
    }

    private static string Decode(byte[] bytes, int version)
    {
        if (version < 3) return Encoding.Latin1.GetString(bytes);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException("the header is not UTF-8, as version 3.0 asks", SaveAgain, innerException: e);
        }
    }

    private static NpyHeader Interpret(string text, int version)
    {
        if (PythonLiteral.Parse(text) is not Dictionary<string, object?> { Count: 3 } header
            || !header.TryGetValue("descr", out var descr)
            || !header.TryGetValue("fortran_order", out var order)
            || !header.TryGetValue("shape", out var shape))
        {
            throw new InputException("the header has other keys than descr, fortran_order and shape", SaveAgain);
        }

        if (descr is List<object?>)
            throw new InputException("the array holds structures (records with fields)", "save one field as an array of numbers");
        if (descr is not string descriptor)
            throw new InputException("the header's descr is no type string", SaveAgain);
        var (type, bigEndian) = NpyDescriptor.Parse(descriptor);
        if (order is not bool fortranOrder)
            throw new InputException("the header's fortran_order is neither True nor False", SaveAgain);
        var axes = Shape(shape);
        return new NpyHeader(version, type, bigEndian, fortranOrder, axes, Count(axes, type));
    }

    private static long[] Shape(object? shape)
    {
        if (shape is not object?[] axes || !axes.All(axis => axis is long and >= 0))
            throw new InputException("the header's shape is no tuple of lengths of 0 or more", SaveAgain);
        if (axes.Length > MaxRank)
            throw new InputException($"the array has {axes.Length:N0} axes, and at most {MaxRank} are read", SaveAgain);
        return [.. axes.Select(axis => (long)axis!)];
    }

    private static long Count(long[] shape, NpyElementType type)
    {
        // A zero makes the product zero, however large the rest.
        if (shape.Contains(0)) return 0;
        var count = 1L;
        foreach (var axis in shape)
        {
            if (axis > long.MaxValue / type.Size() / count)
                throw new InputException($"the shape ({string.Join(", ", shape)}) has more elements than any file", SaveAgain);
            count *= axis;
        }

        return count;
    }

    private static void CheckLength(NpyHeader header, long left)
    {
        if (left == header.DataLength) return;
        var promised =
            $"the header promises {header.ShapeText} {header.ElementName} values, {header.DataLength:N0} bytes, "
            + $"but {left:N0} bytes follow it";
        throw left < header.DataLength
            ? new InputException($"{promised}: {header.DataLength - left:N0} are missing", "upload the complete file")
            : new InputException($"{promised}: {left - header.DataLength:N0} too many", "save a single array with numpy.save");
    }

    private static async ValueTask<byte[]> TakeAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        var read = await stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancellationToken);
        return read == count ? bytes : throw new InputException("the file ends within its header", SaveAgain);
    }

    private static InputException TooLong() =>
        new($"the header has more than {MaxCharacters:N0} characters", SaveAgain);
}
