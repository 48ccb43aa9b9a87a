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
    /// <summary>Frames that one unit of storage holds: 64 for IMA ADPCM, else 1.</summary>
    public int FramesPerUnit => Encoding == SampleEncoding.ImaAdpcm ? ImaAdpcm.PacketFrames : 1;

    /// <summary>Bytes of one unit of storage: a frame, or a packet of each channel.</summary>
    public int UnitBytes => Channels * (Encoding == SampleEncoding.ImaAdpcm ? ImaAdpcm.PacketBytes : StoredBytes);

    /// <summary>Whether samples are compressed and come out as 16-bit integers.</summary>
    public bool Compressed => Encoding is SampleEncoding.MuLaw or SampleEncoding.ALaw or SampleEncoding.ImaAdpcm;

    /// <summary>Bytes of a decoded sample, which is also what a WAV file stores.</summary>
    public int DecodedBytes => Compressed ? 2 : StoredBytes;

    /// <summary>Significant bits of a decoded sample.</summary>
    public int DecodedBits => Compressed ? 16 : ValidBits;

    /// <summary>Bytes of a decoded frame.</summary>
    public int DecodedFrameBytes => DecodedBytes * Channels;
}
