namespace MusicPipeline.Audio;

/// <summary>What decoded samples are, which is also what a WAV file stores.</summary>
public enum SampleType
{
    /// <summary>8-bit integers in offset binary: silence is 128.</summary>
    UInt8,

    /// <summary>16-bit integers.</summary>
    Int16,

    /// <summary>24-bit integers.</summary>
    Int24,

    /// <summary>32-bit integers.</summary>
    Int32,

    /// <summary>Floats of 32 bits, full scale at ±1; may lie beyond.</summary>
    Float32,

    /// <summary>Floats of 64 bits, full scale at ±1; may lie beyond.</summary>
    Float64,
}
