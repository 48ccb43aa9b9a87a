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
        var initial = run.From?.Weights ?? GlorotUniform.Create(
            split.Training.FeatureCount, parameters.HiddenUnits, split.Classes, parameters.Seed, parameters.Activation);
        using var network = CpuNetwork.Create(
            initial, Math.Min(parameters.BatchSize, split.Training.Rows), parameters.LearningRate, _width, parameters.WeightDecay);
        return new TrainingLoop(network, split, parameters, Arithmetic).Run(run, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>A run at a constant rate may go on for more epochs than it was started with.</remarks>
    public bool CanResume(TrainingCheckpoint checkpoint, TrainingSplit split, HyperParameters parameters) =>
        checkpoint.Arithmetic == Arithmetic
        && checkpoint.Parameters with { Epochs = parameters.Epochs } == parameters
        // Other schedules put other rates on the epochs done.
        && (checkpoint.Parameters.Epochs == parameters.Epochs || parameters.Schedule == LearningRateSchedule.Constant)
        && checkpoint.TrainingRows == split.Training.Rows
        && checkpoint.Epochs.Count < parameters.Epochs
        && checkpoint.Weights.Features == split.Training.FeatureCount
        && checkpoint.Weights.Classes == split.Classes;
}
