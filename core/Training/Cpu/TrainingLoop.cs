using MusicPipeline.Data;

namespace MusicPipeline.Training.Cpu;

/// <summary>Epochs over batches, until the last one or until the loss is NaN or infinite.</summary>
internal sealed class TrainingLoop(CpuNetwork network, TrainingSplit split, HyperParameters parameters, string arithmetic)
{
    public TrainingResult Run(TrainingRun run, CancellationToken cancellationToken)
    {
        var order = new RowOrder(split.Training.Rows, parameters.Seed);
        var epochs = new List<EpochMetrics>(parameters.Epochs);
        if (run.From is { } from) Resume(from, order, epochs, cancellationToken);
        while (epochs.Count < parameters.Epochs)
        {
            order.Shuffle();
            network.SetLearningRate(LearningRates.Of(parameters, epochs.Count));
            if (RunEpoch(order.Rows, cancellationToken) is not { } metrics) return Result(TrainingOutcome.Diverged, epochs);
            epochs.Add(metrics);
            run.OnEpoch?.Invoke(epochs.Count, metrics);
            if (epochs.Count == parameters.Epochs) break;
            if (run.Continue?.Invoke(epochs.Count, metrics) == false) return Result(TrainingOutcome.Stopped, epochs, keep: true);
            run.OnCheckpoint?.Invoke(() => Checkpoint(epochs));
        }

        return Result(TrainingOutcome.Completed, epochs, run.KeepCheckpoint);
    }

    private TrainingResult Result(TrainingOutcome outcome, List<EpochMetrics> epochs, bool keep = false) =>
        new(outcome, network.ToWeights(), TrainingHistory.From(epochs)) { Checkpoint = keep ? Checkpoint(epochs) : null };

    // Drawing the orders of the epochs done again costs less than a hundredth of training them.
    private void Resume(
        TrainingCheckpoint from, RowOrder order, List<EpochMetrics> epochs, CancellationToken cancellationToken)
    {
        network.RestoreMoments(from.Means, from.Variances, from.Beta1Power, from.Beta2Power);
        foreach (var epoch in from.Epochs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            order.Shuffle();
            epochs.Add(epoch);
        }
    }

    private TrainingCheckpoint Checkpoint(List<EpochMetrics> epochs)
    {
        var (means, variances, beta1Power, beta2Power) = network.ToMoments();
        return new TrainingCheckpoint(
            arithmetic, parameters, split.Training.Rows, [.. epochs], network.ToWeights(), means, variances, beta1Power, beta2Power);
    }

    /// <summary>One epoch's figures, or null where a loss, of training or validation, was NaN or infinite.</summary>
    private EpochMetrics? RunEpoch(ReadOnlySpan<int> order, CancellationToken cancellationToken)
    {
        var batchSize = parameters.BatchSize;
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
