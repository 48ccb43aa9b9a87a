using MusicPipeline.Errors;

namespace MusicPipeline.Arrays;

/// <summary>Sizes and names of the element types, and NumPy's type strings.</summary>
internal static class NpyElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this NpyElementType type) => type switch
    {
        NpyElementType.Boolean or NpyElementType.Int8 or NpyElementType.UInt8 => 1,
        NpyElementType.Int16 or NpyElementType.UInt16 or NpyElementType.Float16 => 2,
        NpyElementType.Int32 or NpyElementType.UInt32 or NpyElementType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Whether the type is one of the floating-point types.</summary>
    public static bool IsFloat(this NpyElementType type) => type >= NpyElementType.Float16;

    /// <summary>NumPy's name of the type: <c>float32</c>, <c>bool</c>.</summary>
    public static string Name(this NpyElementType type) => type switch
    {
        NpyElementType.Boolean => "bool",
        _ => type.ToString().ToLowerInvariant(),
    };

    /// <summary>NumPy's type string: <c>&lt;f4</c>, <c>&gt;i8</c>, <c>|u1</c>.</summary>
    public static string Descriptor(this NpyElementType type, bool bigEndian)
    {
        var kind = type switch
        {
            NpyElementType.Boolean => 'b',
            <= NpyElementType.Int64 => 'i',
            <= NpyElementType.UInt64 => 'u',
            _ => 'f',
        };
        var order = type.Size() == 1 ? '|' : bigEndian ? '>' : '<';
        return $"{order}{kind}{type.Size()}";
    }

    /// <summary>Reads NumPy's type string; native order (<c>=</c>, <c>|</c> or none) is little-endian.</summary>
    /// <exception cref="InputException">The type is not numeric, and the message says what it is.</exception>
    public static (NpyElementType Type, bool BigEndian) Parse(string descriptor)
    {
        var ordered = descriptor.Length > 0 && descriptor[0] is '<' or '>' or '|' or '=';
        var code = ordered ? descriptor[1..] : descriptor;
        NpyElementType? type = code switch
        {
            "b1" or "?" => NpyElementType.Boolean,
            "i1" => NpyElementType.Int8,
            "i2" => NpyElementType.Int16,
            "i4" => NpyElementType.Int32,
            "i8" => NpyElementType.Int64,
            "u1" => NpyElementType.UInt8,
            "u2" => NpyElementType.UInt16,
            "u4" => NpyElementType.UInt32,
            "u8" => NpyElementType.UInt64,
            "f2" => NpyElementType.Float16,
            "f4" => NpyElementType.Float32,
            "f8" => NpyElementType.Float64,
            _ => null,
        };
        return type is { } known ? (known, descriptor[0] == '>') : throw Refuse(descriptor, code);
    }

    private static InputException Refuse(string descriptor, string code)
    {
        const string Numbers = "save an array of numbers";
        var shown = Shorten(descriptor);
        return (code.Length > 0 ? code[0] : ' ') switch
        {
            'O' => new($"the array holds Python objects ('{shown}'), which are a pickle and never read", Numbers),
            'V' => new($"the array holds structures or raw bytes ('{shown}')", Numbers + ", one field by itself"),
            'S' or 'a' => new($"the array holds byte strings ('{shown}')", Numbers),
            'U' or 'T' => new($"the array holds Unicode strings ('{shown}')", Numbers),
            'M' => new($"the array holds dates ('{shown}')", Numbers + ", such as array.astype('int64')"),
            'm' => new($"the array holds time spans ('{shown}')", Numbers + ", such as array.astype('int64')"),
            'c' => new($"the array holds complex numbers ('{shown}')", Numbers + ", such as abs(array)"),
            'f' when code is "f16" or "f12" or "f10" =>
                new($"the array holds long doubles ('{shown}')", "save array.astype('float64')"),
            _ => new($"the array's element type '{shown}' is unknown", Numbers),
        };
    }

    // A hostile header must not end up in a sentence at full length, or with control characters.
    private static string Shorten(string text)
    {
        var shown = text.Length > 20 ? text[..20] + "..." : text;
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }
}
