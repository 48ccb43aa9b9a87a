namespace MusicPipeline.Audio.Resampling;

/// <summary>A low-pass filter for changing the sample rate: a sinc under a Kaiser window, as a function of time.</summary>
/// <remarks>
/// Flat up to 90 % of the lower of the two Nyquist frequencies and 100 dB down from there on, so nothing is aliased.
/// Formulas: J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974.
/// </remarks>
internal sealed class KaiserSinc
{
    private const double StopBandDb = 100;
    private const double PassBand = 0.90;
    private const double Beta = 0.1102 * (StopBandDb - 8.7);
    private static readonly double Peak = BesselI0(Beta);
    private readonly double _cutoff;

    /// <summary>Designs the filter between two rates.</summary>
    public KaiserSinc(double fromRate, double toRate)
    {
        // In cycles per input sample.
        var nyquist = 0.5 * Math.Min(1, toRate / fromRate);
        _cutoff = nyquist * (1 + PassBand) / 2;
        var transition = nyquist * (1 - PassBand);
        HalfWidth = (StopBandDb - 7.95) / (2.285 * 2 * Math.PI * transition) / 2;
    }

    /// <summary>Time from which on the filter is zero, in input samples.</summary>
    public double HalfWidth { get; }

    /// <summary>The impulse response at a time in input samples.</summary>
    public double At(double time)
    {
        var position = time / HalfWidth;
        if (Math.Abs(position) >= 1) return 0;
        var angle = 2 * Math.PI * _cutoff * time;
        var sinc = Math.Abs(angle) < 1e-9 ? 1 : Math.Sin(angle) / angle;
        return 2 * _cutoff * sinc * BesselI0(Beta * Math.Sqrt(1 - position * position)) / Peak;
    }

    private static double BesselI0(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-17; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }
}
