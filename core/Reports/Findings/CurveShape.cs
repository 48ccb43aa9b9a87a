namespace MusicPipeline.Reports.Findings;

/// <summary>Measures of one curve, one value an epoch.</summary>
internal static class CurveShape
{
    /// <summary>Epochs whose value lies above the epoch before.</summary>
    public static int Rises(double[] curve) => curve.Zip(curve.Skip(1)).Count(pair => pair.Second > pair.First);

    /// <summary>Epoch (1-based) of the lowest finite value, the earliest of equals; 0 where there is none.</summary>
    public static int EpochOfMinimum(double[] curve)
    {
        var best = -1;
        for (var i = 0; i < curve.Length; i++)
        {
            if (double.IsFinite(curve[i]) && (best < 0 || curve[i] < curve[best])) best = i;
        }

        return best + 1;
    }

    /// <summary>First epoch (1-based) with a value at or below the target; 0 where there is none.</summary>
    public static int EpochsToReach(double[] curve, double target) => Array.FindIndex(curve, value => value <= target) + 1;

    /// <summary>Mean relative fall an epoch over the last quarter of the curve; 0 where it does not fall or is too short.</summary>
    public static double FallAtEnd(double[] curve)
    {
        var steps = Math.Min(curve.Length - 1, Math.Max(1, curve.Length / 4));
        if (steps < 1) return 0;
        var (from, to) = (curve[^(steps + 1)], curve[^1]);
        return from > 0 && to > 0 && to < from ? 1 - Math.Pow(to / from, 1.0 / steps) : 0;
    }
}
