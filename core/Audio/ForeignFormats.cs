namespace MusicPipeline.Audio;

/// <summary>What else people have recordings in.</summary>
internal static class ForeignFormats
{
    /// <summary>What to do about them.</summary>
    public const string Remedy = "convert it first, such as with 'ffmpeg -i IN OUT.wav'";

    /// <summary>The format of a file by its first bytes, with its article; null for everything else.</summary>
    public static string? NameOf(ReadOnlySpan<byte> start) =>
        start.StartsWith("fLaC"u8) ? "a FLAC"
        : start.Length >= 8 && start[4..8].SequenceEqual("ftyp"u8) ? "an MP4"
        : start.StartsWith("MThd"u8) ? "a MIDI"
        : start.StartsWith("wvpk"u8) ? "a WavPack"
        : null;
}
