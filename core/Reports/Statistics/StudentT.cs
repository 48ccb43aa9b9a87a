namespace MusicPipeline.Reports.Statistics;

/// <summary>Student's t distribution (W. Gosset, 1908).</summary>
internal static class StudentT
{
    /// <summary>Share of the distribution below a value.</summary>
    /// <param name="t">The value.</param>
    /// <param name="degrees">Degrees of freedom, above 0; they need not be whole.</param>
    public static double Cumulative(double t, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        return MathNet.Numerics.Distributions.StudentT.CDF(0, 1, degrees, t);
    }

    /// <summary>The value that a share of the distribution lies below.</summary>
    /// <param name="share">The share, above 0 and below 1.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    public static double Quantile(double share, double degrees)
    {
        if (share is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must be above 0 and below 1.");
        if (share == 0.5) return 0;
        if (share < 0.5) return -Quantile(1 - share, degrees);
        // To the last digit; the library's own, by Brent's method, has ten.
        double low = 0, high = 1;
        while (Cumulative(high, degrees) < share && high < double.MaxValue / 4) (low, high) = (high, 2 * high);
        for (var middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            if (Cumulative(middle, degrees) < share) low = middle;
            else high = middle;
        }

        return high;
    }
}
