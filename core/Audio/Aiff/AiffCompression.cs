using MusicPipeline.Audio.Chunks;
using MusicPipeline.Audio.Samples;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Aiff;

/// <summary>What the compression types of AIFF-C stand for.</summary>
internal static class AiffCompression
{
    private const string Remedy = "export the recording as uncompressed AIFF";

    /// <summary>The layout of samples under a compression type.</summary>
    /// <param name="type">Four characters; <c>NONE</c> for plain AIFF.</param>
    /// <param name="bits">Sample size that COMM gives; ignored by types that fix it.</param>
    /// <param name="channels">Interleaved channels.</param>
    public static SampleLayout Layout(string type, int bits, int channels) => type switch
    {
        "NONE" or "twos" => Integer(bits, bigEndian: true, channels),
        "sowt" => Integer(bits, bigEndian: false, channels),
        "in24" => Integer(24, bigEndian: true, channels),
        "in32" => Integer(32, bigEndian: true, channels),
        // libsndfile writes 42n1 for what QuickTime calls 42ni.
        "42n1" or "42ni" => Integer(24, bigEndian: false, channels),
        "23ni" => Integer(32, bigEndian: false, channels),
        "raw " => Unsigned(bits, channels),
        "fl32" or "FL32" => new SampleLayout(SampleEncoding.Float, 32, 4, BigEndian: true, channels),
        "fl64" or "FL64" => new SampleLayout(SampleEncoding.Float, 64, 8, BigEndian: true, channels),
        "ulaw" or "ULAW" => new SampleLayout(SampleEncoding.MuLaw, 8, 1, BigEndian: true, channels),
        "alaw" or "ALAW" => new SampleLayout(SampleEncoding.ALaw, 8, 1, BigEndian: true, channels),
        "ima4" => new SampleLayout(SampleEncoding.ImaAdpcm, 4, 0, BigEndian: true, channels),
        _ => throw Unsupported(type),
    };

    private static SampleLayout Integer(int bits, bool bigEndian, int channels)
    {
        if (bits is < 1 or > 32)
        {
            throw new AudioFormatException(
                "COMM", $"the COMM chunk says {bits} bits a sample, and 1 to 32 are read", Remedy);
        }

        return new SampleLayout(SampleEncoding.SignedInteger, bits, (bits + 7) / 8, bigEndian, channels);
    }

    private static SampleLayout Unsigned(int bits, int channels)
    {
        if (bits is < 1 or > 8)
        {
            throw new AudioFormatException(
                "COMM", $"the COMM chunk says {bits} bits for 'raw ' samples, which have 8", Remedy);
        }

        return new SampleLayout(SampleEncoding.UnsignedInteger, bits, 1, BigEndian: true, channels);
    }

    private static AudioFormatException Unsupported(string type)
    {
        var name = type switch
        {
            "GSM " => " (GSM 6.10)",
            "MAC3" => " (MACE 3:1)",
            "MAC6" => " (MACE 6:1)",
            "G722" => " (G.722)",
            "Qclp" => " (QUALCOMM PureVoice)",
            "QDMC" or "QDM2" => " (QDesign Music)",
            "DWVW" => " (delta with variable word width)",
            "ADP4" => " (Intel DVI ADPCM)",
            ".mp3" => " (MPEG layer 3)",
            _ => "",
        };
        return new AudioFormatException(
            "COMM",
            $"the COMM chunk asks for the compression {ChunkId.Show(type)}{name}, which is not read",
            Remedy,
            InputErrorKind.UnsupportedType);
    }
}
