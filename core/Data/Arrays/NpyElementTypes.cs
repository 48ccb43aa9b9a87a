namespace MusicPipeline.Data.Arrays;

/// <summary>Sizes, names and NumPy's type strings of the element types.</summary>
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
}
