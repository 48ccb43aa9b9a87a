using MusicPipeline.Datasets;

namespace MusicPipeline.Training.Cpu;

/// <summary>Epochs over batches, until the last one or until the loss is NaN or infinite.</summary>
internal static class TrainingLoop
{
    public static TrainingResult Run(
        CpuNetwork network,
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch,
        CancellationToken cancellationToken)
    {
        var order = new RowOrder(split.Training.Rows, parameters.Seed);
        var epochs = new List<EpochMetrics>(parameters.Epochs);
        while (epochs.Count < parameters.Epochs)
        {
            order.Shuffle();
            if (RunEpoch(network, split, order.Rows, parameters.BatchSize, cancellationToken) is not { } metrics)
                return new TrainingResult(TrainingOutcome.Diverged, network.ToWeights(), TrainingHistory.From(epochs));
            epochs.Add(metrics);
            onEpoch?.Invoke(epochs.Count, metrics);
        }

        return new TrainingResult(TrainingOutcome.Completed, network.ToWeights(), TrainingHistory.From(epochs));
    }

    /// <summary>One epoch's figures, or null where a loss, of training or validation, was NaN or infinite.</summary>
    private static EpochMetrics? RunEpoch(
        CpuNetwork network, TrainingSplit split, ReadOnlySpan<int> order, int batchSize, CancellationToken cancellationToken)
    {
        var training = default(BatchScore);
        for (var start = 0; start < order.Length; start += batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            training += network.Step(split.Training, order, start, Math.Min(batchSize, order.Length - start));
            if (!double.IsFinite(training.LossSum)) return null;
        }

        var validation = network.Score(split.Validation, cancellationToken);
        if (!double.IsFinite(validation.LossSum)) return null;
        return new EpochMetrics(
            training.LossSum / order.Length,
            (double)training.Correct / order.Length,
            validation.LossSum / split.Validation.Rows,
            (double)validation.Correct / split.Validation.Rows);
    }
}
