namespace MusicPipeline.Audio;

/// <summary>How samples are stored in a recording.</summary>
public enum SampleEncoding
{
    /// <summary>Two's complement integers.</summary>
    SignedInteger,

    /// <summary>Offset binary: silence is half of the range.</summary>
    UnsignedInteger,

    /// <summary>IEEE 754, full scale at ±1; may lie beyond.</summary>
    Float,

    /// <summary>8-bit µ-law (ITU-T G.711), 14 significant bits.</summary>
    MuLaw,

    /// <summary>8-bit A-law (ITU-T G.711), 13 significant bits.</summary>
    ALaw,

    /// <summary>Apple IMA 4:1 ADPCM: packets of 34 bytes for 64 samples of one channel.</summary>
    ImaAdpcm,

    /// <summary>MPEG audio layer III, decoded to floats.</summary>
    MpegLayer3,

    /// <summary>Vorbis I, decoded to floats.</summary>
    Vorbis,
}
