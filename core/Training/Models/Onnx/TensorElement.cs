namespace MusicPipeline.Training.Models.Onnx;

/// <summary>Element types of TensorProto.DataType that are written here, and the names of all.</summary>
internal static class TensorElement
{
    public const int Float32 = 1;
    public const int Int64 = 7;
    public const int Float64 = 11;

    /// <summary>NumPy's name of an element type.</summary>
    public static string Name(int type) => type switch
    {
        1 => "float32",
        2 => "uint8",
        3 => "int8",
        4 => "uint16",
        5 => "int16",
        6 => "int32",
        7 => "int64",
        8 => "string",
        9 => "bool",
        10 => "float16",
        11 => "float64",
        12 => "uint32",
        13 => "uint64",
        14 => "complex64",
        15 => "complex128",
        16 => "bfloat16",
        _ => $"type {type}",
    };
}
