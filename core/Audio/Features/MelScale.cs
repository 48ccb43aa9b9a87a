namespace MusicPipeline.Audio.Features;

/// <summary>Slaney's mel scale (Auditory Toolbox, 1998; librosa's default): linear below 1 kHz, logarithmic above.</summary>
public static class MelScale
{
    private const double HertzPerMel = 200.0 / 3;
    private const double Corner = 1000;
    private const double CornerMel = Corner / HertzPerMel;
    private static readonly double LogStep = Math.Log(6.4) / 27;

    /// <summary>Mels of a frequency in Hz.</summary>
    public static double FromHertz(double frequency) =>
        frequency < Corner ? frequency / HertzPerMel : CornerMel + Math.Log(frequency / Corner) / LogStep;

    /// <summary>Frequency in Hz of a number of mels.</summary>
    public static double ToHertz(double mel) =>
        mel < CornerMel ? mel * HertzPerMel : Corner * Math.Exp(LogStep * (mel - CornerMel));

    /// <summary>The edges and centres of a filter bank, evenly spaced in mels: bands + 2 frequencies in Hz.</summary>
    /// <param name="bands">Mel bands; band i is centred on entry i + 1.</param>
    /// <param name="minFrequency">Lowest edge, in Hz.</param>
    /// <param name="maxFrequency">Highest edge, in Hz.</param>
    public static double[] Frequencies(int bands, double minFrequency, double maxFrequency)
    {
        var low = FromHertz(minFrequency);
        var step = (FromHertz(maxFrequency) - low) / (bands + 1);
        return [.. Enumerable.Range(0, bands + 2).Select(i => ToHertz(low + i * step))];
    }
}
