namespace MusicPipeline.Audio.Wav;

/// <summary>Format tags and identifiers of WAV files (Microsoft's mmreg.h; RF64: EBU Tech 3306).</summary>
internal static class WavTags
{
    /// <summary>Integer PCM.</summary>
    public const ushort Pcm = 1;

    /// <summary>IEEE floats.</summary>
    public const ushort Float = 3;

    /// <summary>A-law.</summary>
    public const ushort ALaw = 6;

    /// <summary>µ-law.</summary>
    public const ushort MuLaw = 7;

    /// <summary>The tag is in the sub-format instead.</summary>
    public const ushort Extensible = 0xFFFE;

    /// <summary>Chunk ids of LIST INFO in the order of <see cref="AudioText"/>.</summary>
    public static readonly string[] InfoIds = ["INAM", "IART", "ICOP", "ICMT"];

    /// <summary>What follows the tag in the sub-format of an extensible header.</summary>
    public static ReadOnlySpan<byte> SubFormatTail =>
        [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];
}
