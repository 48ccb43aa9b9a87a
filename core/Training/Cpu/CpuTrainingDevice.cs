using MusicPipeline.Datasets;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// Trains on one core of the processor with managed vector code, in vectors as wide as the hardware has.
/// A run shares nothing with others and sums in a fixed order, so it ends in the same bits whatever runs beside it.
/// </summary>
public sealed class CpuTrainingDevice : ITrainingDevice
{
    private readonly VectorWidth? width;

    /// <summary>A device that uses the widest vectors of this machine.</summary>
    public CpuTrainingDevice()
    {
    }

    internal CpuTrainingDevice(VectorWidth width) => this.width = width;

    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The rows, labels or hyper-parameters do not fit together.</exception>
    public TrainingResult Train(
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch = null,
        CancellationToken cancellationToken = default)
    {
        TrainingArguments.Check(split, parameters);
        var initial = GlorotUniform.Create(
            split.Training.FeatureCount, parameters.HiddenUnits, split.Classes, parameters.Seed);
        using var network = CpuNetwork.Create(
            initial, Math.Min(parameters.BatchSize, split.Training.Rows), parameters.LearningRate, width);
        return TrainingLoop.Run(network, split, parameters, onEpoch, cancellationToken);
    }
}
