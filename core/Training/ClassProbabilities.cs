namespace MusicPipeline.Training;

/// <summary>What probabilities of classes come to.</summary>
public static class ClassProbabilities
{
    /// <summary>The mean of some rows' probabilities, such as those of a recording's notes.</summary>
    /// <param name="ofRows">rows x classes, row-major.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="rows">The rows; at least one.</param>
    public static double[] Mean(ReadOnlySpan<float> ofRows, int classes, IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var mean = new double[classes];
        foreach (var row in rows)
        {
            for (var c = 0; c < classes; c++) mean[c] += ofRows[(row * classes) + c] / (double)rows.Count;
        }

        return mean;
    }

    /// <summary>The class of the highest probability; of equals the first.</summary>
    public static int Highest<T>(ReadOnlySpan<T> probabilities)
        where T : struct, IComparable<T>
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            if (probabilities[i].CompareTo(probabilities[best]) > 0) best = i;
        }

        return best;
    }
}
