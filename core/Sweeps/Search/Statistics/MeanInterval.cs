namespace MusicPipeline.Sweeps.Search.Statistics;

/// <summary>The mean of repeated measurements, and the interval that the true mean lies in with some confidence.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="HalfWidth">The interval reaches so far on both sides; null where there is one measurement alone.</param>
/// <param name="Deviation">Their standard deviation (n - 1); 0 for one alone.</param>
/// <param name="Count">How many there are.</param>
public sealed record MeanInterval(double Mean, double? HalfWidth, double Deviation, int Count)
{
    private const double Usual = 0.95;

    /// <summary>The interval by Student's t distribution: mean +- t s / sqrt(n).</summary>
    /// <param name="values">The measurements, one or more.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static MeanInterval Of(IReadOnlyCollection<double> values, double confidence = Usual)
    {
        if (values.Count == 0) throw new ArgumentException("There is no value.", nameof(values));
        var mean = values.Average();
        if (values.Count == 1) return new MeanInterval(mean, null, 0, 1);
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        var t = StudentT.Quantile((1 + confidence) / 2, values.Count - 1);
        return new MeanInterval(mean, t * deviation / Math.Sqrt(values.Count), deviation, values.Count);
    }

    /// <summary>
    /// Whether this mean differs from another by no more than chance would have it (B. Welch's t test, 1947, two-sided).
    /// Where either was measured once alone, nothing can be told, and the answer is null.
    /// </summary>
    /// <param name="other">The other mean.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public bool? IsWithinNoiseOf(MeanInterval other, double confidence = Usual)
    {
        if (Count < 2 || other.Count < 2) return null;
        var (mine, others) = (Deviation * Deviation / Count, other.Deviation * other.Deviation / other.Count);
        var distance = Math.Abs(Mean - other.Mean);
        if (mine + others == 0) return distance == 0;
        var degrees = (mine + others) * (mine + others)
            / ((mine * mine / (Count - 1)) + (others * others / (other.Count - 1)));
        return distance / Math.Sqrt(mine + others) < StudentT.Quantile((1 + confidence) / 2, degrees);
    }
}
