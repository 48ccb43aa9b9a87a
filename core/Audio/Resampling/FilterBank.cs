namespace MusicPipeline.Audio.Resampling;

/// <summary>
/// The low-pass filter sampled at the phases that outputs fall on between inputs. Where the rates have a small common
/// ratio L/M there are L phases and all are exact; otherwise neighbours of a fine grid are interpolated, to about -100 dB.
/// </summary>
internal sealed class FilterBank
{
    /// <summary>Taps are padded to a multiple of this, so that kernels need no remainder.</summary>
    public const int TapGranularity = 32;

    private const int MostCoefficients = 1 << 19;
    private const double GridOfFullBand = 512;
    private readonly float[] _coefficients;

    /// <summary>Designs the filters between two rates, in Hz.</summary>
    public FilterBank(double fromRate, double toRate)
    {
        var filter = new KaiserSinc(fromRate, toRate);
        Before = (int)Math.Ceiling(filter.HalfWidth) - 1;
        Taps = (2 * (Before + 1) + TapGranularity - 1) / TapGranularity * TapGranularity;
        (Up, Down) = Ratio(fromRate, toRate);
        Exact = Up > 0 && (long)Up * Taps <= MostCoefficients;
        Phases = Exact ? Up : (int)Math.Max(8, Math.Ceiling(GridOfFullBand * Math.Min(1, toRate / fromRate)));
        Step = fromRate / toRate;
        _coefficients = new float[(Phases + 1) * Taps];
        for (var phase = 0; phase <= Phases; phase++) Sample(filter, (double)phase / Phases, Row(phase));
    }

    /// <summary>Coefficients of one phase.</summary>
    public int Taps { get; }

    /// <summary>Taps that lie before the input sample an output falls on or after.</summary>
    public int Before { get; }

    /// <summary>Phases per input sample.</summary>
    public int Phases { get; }

    /// <summary>Whether outputs fall on phases exactly: then output n lies at input n·Down/Up.</summary>
    public bool Exact { get; }

    /// <summary>L of the ratio of rates L/M.</summary>
    public int Up { get; }

    /// <summary>M of the ratio of rates L/M.</summary>
    public int Down { get; }

    /// <summary>Input samples per output sample.</summary>
    public double Step { get; }

    /// <summary>The coefficients of a phase, 0 to <see cref="Phases"/>.</summary>
    public Span<float> Row(int phase) => _coefficients.AsSpan(phase * Taps, Taps);

    private void Sample(KaiserSinc filter, double fraction, Span<float> row)
    {
        Span<double> exact = Taps <= 1024 ? stackalloc double[Taps] : new double[Taps];
        var sum = 0.0;
        for (var tap = 0; tap < Taps; tap++)
        {
            exact[tap] = filter.At(tap - Before - fraction);
            sum += exact[tap];
        }

        // A constant stays the same constant at every phase.
        for (var tap = 0; tap < Taps; tap++) row[tap] = (float)(exact[tap] / sum);
    }

    private static (int Up, int Down) Ratio(double fromRate, double toRate)
    {
        if (fromRate != Math.Floor(fromRate) || toRate != Math.Floor(toRate)) return (0, 0);
        var (a, b) = ((long)fromRate, (long)toRate);
        while (b != 0) (a, b) = (b, a % b);
        return ((int)((long)toRate / a), (int)((long)fromRate / a));
    }
}
