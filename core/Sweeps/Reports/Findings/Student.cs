namespace MusicPipeline.Sweeps.Reports.Findings;

/// <summary>Student's t distribution.</summary>
internal static class Student
{
    // 97.5% quantiles at 1 to 30 degrees of freedom.
    private static readonly double[] Table =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <summary>The 97.5% quantile, to three digits; the freedom is rounded down, which widens intervals a little.</summary>
    public static double Quantile(double freedom)
    {
        if (freedom < 31) return Table[Math.Clamp((int)freedom, 1, Table.Length) - 1];

        // The beginning of the expansion of Cornish and Fisher around the normal quantile.
        const double z = 1.959964;
        const double cube = z * z * z;
        return z + ((cube + z) / (4 * freedom)) + (((5 * cube * z * z) + (16 * cube) + (3 * z)) / (96 * freedom * freedom));
    }
}
