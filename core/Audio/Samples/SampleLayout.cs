namespace MusicPipeline.Audio.Samples;

/// <summary>How the sound data of a file is laid out, and what it decodes to.</summary>
/// <param name="Encoding">How a sample is stored.</param>
/// <param name="ValidBits">Significant bits, left-justified in the stored bytes.</param>
/// <param name="StoredBytes">Bytes of a stored sample; not used by IMA ADPCM.</param>
/// <param name="BigEndian">Byte order of stored samples wider than a byte.</param>
/// <param name="Channels">Interleaved channels.</param>
internal sealed record SampleLayout(
    SampleEncoding Encoding, int ValidBits, int StoredBytes, bool BigEndian, int Channels)
{
    /// <summary>Channels that are read at most.</summary>
    public const int MostChannels = 32;

    /// <summary>Rates above, in Hz, are a damaged header; hydrophones and bats need about a tenth of it.</summary>
    public const double HighestRate = 10_000_000;

    /// <summary>Frames that one unit of storage holds: 64 for IMA ADPCM, else 1.</summary>
    public int FramesPerUnit => Encoding == SampleEncoding.ImaAdpcm ? ImaAdpcm.PacketFrames : 1;

    /// <summary>Bytes of one unit of storage: a frame, or a packet of each channel.</summary>
    public int UnitBytes => Channels * (Encoding == SampleEncoding.ImaAdpcm ? ImaAdpcm.PacketBytes : StoredBytes);

    /// <summary>Whether samples are compressed and come out as 16-bit integers.</summary>
    public bool Compressed => Encoding is SampleEncoding.MuLaw or SampleEncoding.ALaw or SampleEncoding.ImaAdpcm;

    /// <summary>What samples decode to.</summary>
    public SampleType Decoded => (Encoding, Compressed ? 2 : StoredBytes) switch
    {
        (SampleEncoding.Float, 4) => SampleType.Float32,
        (SampleEncoding.Float, _) => SampleType.Float64,
        (_, 1) => SampleType.UInt8,
        (_, 2) => SampleType.Int16,
        (_, 3) => SampleType.Int24,
        _ => SampleType.Int32,
    };

    /// <summary>Significant bits of a decoded sample.</summary>
    public int DecodedBits => Compressed ? 16 : ValidBits;

    /// <summary>Bytes of a decoded frame.</summary>
    public int DecodedFrameBytes => Decoded.Bytes() * Channels;

    /// <summary>What a recording of such samples is.</summary>
    public AudioSummary Summarize(
        string format, double sampleRate, long frames, AudioText text, IReadOnlyList<string> warnings, string? compression = null) =>
        new(format, Encoding, Channels, sampleRate, DecodedBits, frames, frames / sampleRate, text, warnings, compression);
}
