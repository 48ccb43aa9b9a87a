namespace MusicPipeline.Data.Arrays;

/// <summary>The element types of NumPy arrays that are read here.</summary>
public enum NpyElementType
{
    /// <summary>One byte, zero or not: <c>|b1</c>.</summary>
    Boolean,

    /// <summary>Signed, 1 byte: <c>|i1</c>.</summary>
    Int8,

    /// <summary>Signed, 2 bytes: <c>i2</c>.</summary>
    Int16,

    /// <summary>Signed, 4 bytes: <c>i4</c>.</summary>
    Int32,

    /// <summary>Signed, 8 bytes: <c>i8</c>.</summary>
    Int64,

    /// <summary>Unsigned, 1 byte: <c>|u1</c>.</summary>
    UInt8,

    /// <summary>Unsigned, 2 bytes: <c>u2</c>.</summary>
    UInt16,

    /// <summary>Unsigned, 4 bytes: <c>u4</c>.</summary>
    UInt32,

    /// <summary>Unsigned, 8 bytes: <c>u8</c>.</summary>
    UInt64,

    /// <summary>IEEE half precision, 2 bytes: <c>f2</c>.</summary>
    Float16,

    /// <summary>IEEE single precision, 4 bytes: <c>f4</c>.</summary>
    Float32,

    /// <summary>IEEE double precision, 8 bytes: <c>f8</c>.</summary>
    Float64,
}
