using MusicPipeline.Data;

namespace MusicPipeline.Training.Cpu;

/// <summary>The trained network as a function, computed with the CPU device's kernels.</summary>
public static class Network
{
    private const int BatchRows = 240;

    /// <summary>Probabilities of each class (rows x classes, row-major) of standardized rows (rows x features).</summary>
    /// <exception cref="ArgumentException">The numbers are not a whole count of rows.</exception>
    public static float[] Probabilities(NetworkWeights weights, ReadOnlySpan<float> rows)
    {
        if (rows.Length % weights.Features != 0)
            throw new ArgumentException($"{rows.Length} numbers are not rows of {weights.Features} features.", nameof(rows));
        var count = rows.Length / weights.Features;
        var probabilities = new float[checked(count * weights.Classes)];
        if (count == 0) return probabilities;
        using var network = CpuNetwork.Create(weights, Math.Min(BatchRows, count));
        network.Predict(rows, probabilities);
        return probabilities;
    }

    /// <summary>Mean cross-entropy in nats and share of rows classified rightly.</summary>
    /// <exception cref="ArgumentException">There is no row, or rows or labels do not fit the network.</exception>
    public static (double Loss, double Accuracy) Evaluate(NetworkWeights weights, LabelledRows rows)
    {
        TrainingArguments.Check(rows, weights.Classes, nameof(rows));
        if (rows.FeatureCount != weights.Features)
            throw new ArgumentException($"The rows have {rows.FeatureCount} features, the network takes {weights.Features}.", nameof(rows));
        using var network = CpuNetwork.Create(weights, Math.Min(BatchRows, rows.Rows));
        var score = network.Score(rows);
        return (score.LossSum / rows.Rows, (double)score.Correct / rows.Rows);
    }
}
