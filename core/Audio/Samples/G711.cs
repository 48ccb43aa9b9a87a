namespace MusicPipeline.Audio.Samples;

/// <summary>µ-law and A-law code words as 16-bit samples (ITU-T G.711).</summary>
internal static class G711
{
    private static readonly short[] MuLaw = Table(DecodeMuLaw);
    private static readonly short[] ALaw = Table(DecodeALaw);

    /// <summary>The 256 samples of a law.</summary>
    public static ReadOnlySpan<short> Samples(SampleEncoding law) => law == SampleEncoding.MuLaw ? MuLaw : ALaw;

    private static short[] Table(Func<int, int> decode) =>
        [.. Enumerable.Range(0, 256).Select(code => (short)decode(code))];

    private static int DecodeMuLaw(int code)
    {
        var bits = ~code & 0xFF;
        var magnitude = ((((bits & 0x0F) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
        return (bits & 0x80) != 0 ? -magnitude : magnitude;
    }

    private static int DecodeALaw(int code)
    {
        var bits = code ^ 0x55;
        var segment = (bits >> 4) & 7;
        var step = ((bits & 0x0F) << 4) + 8;
        var magnitude = segment == 0 ? step : (step + 0x100) << (segment - 1);
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }
}
