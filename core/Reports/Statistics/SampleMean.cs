namespace MusicPipeline.Reports.Statistics;

/// <summary>The mean of a few independent values and how well it is known.</summary>
/// <param name="Count">Number of values.</param>
/// <param name="Mean">Their mean; NaN of none.</param>
/// <param name="Variance">Their variance, with n - 1; 0 of fewer than two.</param>
internal readonly record struct SampleMean(int Count, double Mean, double Variance)
{
    // What an interval of 95% leaves below its upper end.
    private const double UpperShare = 0.975;

    /// <summary>Sums values up.</summary>
    public static SampleMean Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0) return new SampleMean(0, double.NaN, 0);
        var mean = values.Average();
        return new SampleMean(
            values.Count, mean, values.Count < 2 ? 0 : values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>Half of the 95% interval of the mean (Student's t); NaN of fewer than two values.</summary>
    public double HalfWidth => Count < 2 ? double.NaN : StudentT.Quantile(UpperShare, Count - 1) * Math.Sqrt(Variance / Count);

    /// <summary>
    /// Half of the 95% interval of the difference of two means (B. L. Welch, The generalization of Student's problem,
    /// Biometrika 1947); NaN where one has fewer than two values.
    /// </summary>
    public static double HalfWidthOfDifference(SampleMean one, SampleMean other)
    {
        if (one.Count < 2 || other.Count < 2) return double.NaN;
        var (a, b) = (one.Variance / one.Count, other.Variance / other.Count);
        if (a + b == 0) return 0;
        var freedom = (a + b) * (a + b) / ((a * a / (one.Count - 1)) + (b * b / (other.Count - 1)));
        return StudentT.Quantile(UpperShare, freedom) * Math.Sqrt(a + b);
    }
}
