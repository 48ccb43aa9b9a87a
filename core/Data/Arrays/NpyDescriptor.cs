using MusicPipeline.Errors;

namespace MusicPipeline.Data.Arrays;

/// <summary>
/// Reads what a header's <c>descr</c> may say of numbers, as <c>numpy.dtype</c> takes it on 64-bit Linux: a kind with its
/// bytes (<c>f4</c>) or a one-letter code (<c>f</c>), each after a byte order or none, or a type's name (<c>float32</c>).
/// </summary>
internal static class NpyDescriptor
{
    /// <summary>Reads a type; native order (<c>=</c>, <c>|</c> or none) is little-endian.</summary>
    /// <exception cref="InputException">The type is not numeric, and the message says what it is.</exception>
    public static (NpyElementType Type, bool BigEndian) Parse(string descriptor)
    {
        var ordered = descriptor.Length > 0 && descriptor[0] is '<' or '>' or '|' or '=';
        var code = ordered ? descriptor[1..] : descriptor;
        var type = OfCode(code) ?? (ordered ? null : OfName(code));
        return type is { } known ? (known, descriptor[0] == '>') : throw Refuse(descriptor, code);
    }

    private static NpyElementType? OfCode(string code) => code switch
    {
        "b1" or "?" => NpyElementType.Boolean,
        "i1" or "b" => NpyElementType.Int8,
        "i2" or "h" => NpyElementType.Int16,
        "i4" or "i" => NpyElementType.Int32,
        "i8" or "l" or "q" or "p" => NpyElementType.Int64,
        "u1" or "B" => NpyElementType.UInt8,
        "u2" or "H" => NpyElementType.UInt16,
        "u4" or "I" => NpyElementType.UInt32,
        "u8" or "L" or "Q" or "P" => NpyElementType.UInt64,
        "f2" or "e" => NpyElementType.Float16,
        "f4" or "f" => NpyElementType.Float32,
        "f8" or "d" => NpyElementType.Float64,
        _ => null,
    };

    private static NpyElementType? OfName(string name) => name switch
    {
        "bool" or "bool_" or "bool8" => NpyElementType.Boolean,
        "int8" or "byte" => NpyElementType.Int8,
        "int16" or "short" => NpyElementType.Int16,
        "int32" or "intc" => NpyElementType.Int32,
        "int64" or "int" or "int_" or "int0" or "intp" or "long" or "longlong" => NpyElementType.Int64,
        "uint8" or "ubyte" => NpyElementType.UInt8,
        "uint16" or "ushort" => NpyElementType.UInt16,
        "uint32" or "uintc" => NpyElementType.UInt32,
        "uint64" or "uint" or "uint0" or "uintp" or "ulong" or "ulonglong" => NpyElementType.UInt64,
        "float16" or "half" => NpyElementType.Float16,
        "float32" or "single" => NpyElementType.Float32,
        "float64" or "float" or "float_" or "double" => NpyElementType.Float64,
        _ => null,
    };

    private static InputException Refuse(string descriptor, string code)
    {
        const string Numbers = "save an array of numbers";
        var shown = Shorten(descriptor);
        return Kind(code) switch
        {
            'O' => new($"the array holds Python objects ('{shown}'), which are a pickle and never read", Numbers),
            'V' => new($"the array holds structures or raw bytes ('{shown}')", Numbers + ", one field by itself"),
            'S' => new($"the array holds byte strings ('{shown}')", Numbers),
            'U' => new($"the array holds Unicode strings ('{shown}')", Numbers),
            'M' => new($"the array holds dates ('{shown}')", Numbers + ", such as array.astype('int64')"),
            'm' => new($"the array holds time spans ('{shown}')", Numbers + ", such as array.astype('int64')"),
            'c' => new($"the array holds complex numbers ('{shown}')", Numbers + ", such as abs(array)"),
            'g' => new($"the array holds long doubles ('{shown}')", "save array.astype('float64')"),
            _ => new($"the array's element type '{shown}' is unknown", Numbers),
        };
    }

    /// <summary>The kind of a type that is not read, by the letter that NumPy has for it; a space where it is unknown.</summary>
    private static char Kind(string code) => code switch
    {
        "object" or "object_" or "object0" => 'O',
        "void" or "void0" => 'V',
        "c" or "bytes" or "bytes_" or "bytes0" or "string" or "string_" => 'S',
        "str" or "str_" or "str0" or "unicode" or "unicode_" => 'U',
        _ when code.StartsWith("datetime64", StringComparison.Ordinal) => 'M',
        _ when code.StartsWith("timedelta64", StringComparison.Ordinal) => 'm',
        "F" or "D" or "G" or "csingle" or "singlecomplex" or "cdouble" or "cfloat" or "clongdouble" or "clongfloat" or "longcomplex" => 'c',
        _ when code.StartsWith("complex", StringComparison.Ordinal) => 'c',
        "g" or "f10" or "f12" or "f16" or "longdouble" or "longfloat" or "float96" or "float128" => 'g',
        ['O' or 'V' or 'S' or 'U' or 'M' or 'm' or 'c', ..] => code[0],
        ['a', ..] => 'S',
        ['T', ..] => 'U',
        _ => ' ',
    };

    // A hostile header must not end up in a sentence at full length, or with control characters.
    private static string Shorten(string text)
    {
        var shown = text.Length > 20 ? text[..20] + "..." : text;
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }
}
