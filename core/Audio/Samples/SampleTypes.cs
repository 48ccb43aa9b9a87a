namespace MusicPipeline.Audio.Samples;

/// <summary>Facts of sample types.</summary>
internal static class SampleTypes
{
    /// <summary>Bytes of a sample.</summary>
    public static int Bytes(this SampleType type) => type switch
    {
        SampleType.UInt8 => 1,
        SampleType.Int16 => 2,
        SampleType.Int24 => 3,
        SampleType.Int32 or SampleType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Whether samples are floats.</summary>
    public static bool IsFloat(this SampleType type) => type is SampleType.Float32 or SampleType.Float64;

    /// <summary>Bytes of all samples of a recording.</summary>
    public static long DecodedBytes(this IPcmSource sound) => sound.Summary.Frames * sound.Summary.Channels * sound.SampleType.Bytes();

    /// <summary>The sound, for whoever cannot do without a sample.</summary>
    /// <exception cref="AudioFormatException">It holds no frame.</exception>
    public static IPcmSource WithSound(this IPcmSource sound) => sound.Summary.Frames > 0
        ? sound
        : throw new AudioFormatException(
            sound.SoundChunk,
            $"the recording holds no sound: no whole frame is in its {sound.SoundChunk} chunk",
            "export or upload it again");
}
