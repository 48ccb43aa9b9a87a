using MusicPipeline.Data;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// Trains on one core of the processor with managed vector code, in vectors as wide as the hardware has.
/// A run shares nothing with others and sums in a fixed order, so it ends in the same bits whatever runs beside it.
/// </summary>
public sealed class CpuTrainingDevice : ITrainingDevice
{
    private readonly VectorWidth? _width;

    /// <summary>A device that uses the widest vectors of this machine.</summary>
    public CpuTrainingDevice()
    {
    }

    internal CpuTrainingDevice(VectorWidth width) => _width = width;

    /// <inheritdoc/>
    public string Name => "cpu";

    // Vectors of another width sum in another order.
    private string Arithmetic => $"{Name}-{(int)(_width ?? CpuNetwork.WidestVectors)}";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The rows, labels or hyper-parameters do not fit together.</exception>
    public TrainingResult Train(
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch = null,
        CancellationToken cancellationToken = default) =>
        Train(split, parameters, new TrainingRun { OnEpoch = onEpoch }, cancellationToken);

    /// <inheritdoc/>
    public TrainingResult Train(
        TrainingSplit split, HyperParameters parameters, TrainingRun run, CancellationToken cancellationToken = default)
    {
        TrainingArguments.Check(split, parameters);
        if (run.From is { } from && !CanResume(from, split, parameters))
            throw new ArgumentException("The checkpoint is one of another run or another arithmetic.", nameof(run));
        var epochsDone = run.From?.Epochs.Count ?? 0;
        using var network = CpuNetwork.Create(
            TrainingSession.Start(split, parameters, run),
            Math.Min(parameters.BatchSize, split.Training.Rows),
            StepRules.Of(split, parameters, epochsDone),
            _width);
        if (run.From is { } state) network.Restore(new(state.Means, state.Variances, state.Beta1Power, state.Beta2Power));
        var session = new TrainingSession(split, parameters, run, Arithmetic, network);
        var order = new RowOrder(split.Training.Rows, parameters.Seed, epochsDone, cancellationToken);
        while (session.Result is null)
        {
            order.Shuffle();
            network.SetLearningRate(session.LearningRate);
            var training = Train(network, split.Training, order.Rows, parameters.BatchSize, cancellationToken);
            var validation = double.IsFinite(training.LossSum)
                ? network.Score(split.Validation, session.Validation, cancellationToken)
                : default;
            session.EndEpoch(training, validation);
        }

        return session.Result;
    }

    /// <inheritdoc/>
    public bool CanResume(TrainingCheckpoint checkpoint, TrainingSplit split, HyperParameters parameters) =>
        TrainingSession.CanResume(checkpoint, split, parameters, Arithmetic);

    // To the end of the epoch, or until the loss is NaN or infinite.
    private static BatchScore Train(
        CpuNetwork network, LabelledRows rows, ReadOnlySpan<int> order, int batchSize, CancellationToken cancellationToken)
    {
        var score = default(BatchScore);
        for (var start = 0; start < order.Length && double.IsFinite(score.LossSum); start += batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            score += network.Step(rows, order, start, Math.Min(batchSize, order.Length - start));
        }

        return score;
    }
}
