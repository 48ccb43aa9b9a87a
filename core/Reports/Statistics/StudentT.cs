namespace MusicPipeline.Reports.Statistics;

/// <summary>Student's t distribution (W. Gosset, 1908).</summary>
internal static class StudentT
{
    private const int MaxTerms = 10_000;
    private const double Tiny = 1e-300;

    /// <summary>Share of the distribution below a value.</summary>
    /// <param name="t">The value.</param>
    /// <param name="degrees">Degrees of freedom, above 0; they need not be whole.</param>
    public static double Cumulative(double t, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        var tail = IncompleteBeta(degrees / (degrees + (t * t)), degrees / 2, 0.5) / 2;
        return t > 0 ? 1 - tail : tail;
    }

    /// <summary>The value that a share of the distribution lies below.</summary>
    /// <param name="share">The share, above 0 and below 1.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    public static double Quantile(double share, double degrees)
    {
        if (share is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "The share must be above 0 and below 1.");
        if (share == 0.5) return 0;
        if (share < 0.5) return -Quantile(1 - share, degrees);
        double low = 0, high = 1;
        while (Cumulative(high, degrees) < share && high < double.MaxValue / 4) (low, high) = (high, 2 * high);
        for (var middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            if (Cumulative(middle, degrees) < share) low = middle;
            else high = middle;
        }

        return high;
    }

    /// <summary>
    /// The regularized incomplete beta function I_x(a, b), by its continued fraction (W. Press et al., Numerical Recipes,
    /// 2007, section 6.4).
    /// </summary>
    private static double IncompleteBeta(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        return x < (a + 1) / (a + b + 2)
            ? front * Fraction(x, a, b) / a
            : 1 - (front * Fraction(1 - x, b, a) / b);
    }

    private static double Fraction(double x, double a, double b)
    {
        var c = 1.0;
        var d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        var value = d;
        for (var m = 1; m < MaxTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            value *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-15) break;
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    /// <summary>Stirling's series, after the argument was raised to where the series is exact to the last digits.</summary>
    private static double LogGamma(double x)
    {
        double product = 1;
        for (; x < 15; x++) product *= x;
        var square = 1 / (x * x);
        var series = (1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square / 1188)))))));
        return ((x - 0.5) * Math.Log(x)) - x + (Math.Log(2 * Math.PI) / 2) + (series / x) - Math.Log(product);
    }
}
