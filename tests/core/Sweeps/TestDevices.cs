using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>A device that must not be used.</summary>
internal sealed class NoDevice : ITrainingDevice
{
    public string Name => "none";

    public TrainingResult Train(
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch = null,
        CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("Nothing was to be trained.");
}

/// <summary>The CPU, except that it breaks at one number of hidden units.</summary>
internal sealed class FailingDevice(int units) : ITrainingDevice
{
    private readonly CpuTrainingDevice _cpu = new();

    public string Name => _cpu.Name;

    public TrainingResult Train(
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch = null,
        CancellationToken cancellationToken = default) =>
        parameters.HiddenUnits == units
            ? throw new InvalidOperationException("the device broke")
            : _cpu.Train(split, parameters, onEpoch, cancellationToken);
}

/// <summary>The CPU, except that at one learning rate the weights become NaN after so many epochs.</summary>
internal sealed class DivergingDevice(double learningRate, int afterEpochs) : ITrainingDevice
{
    private readonly CpuTrainingDevice _cpu = new();

    public string Name => _cpu.Name;

    public TrainingResult Train(
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch = null,
        CancellationToken cancellationToken = default)
    {
        if (!parameters.LearningRate.Equals(learningRate)) return _cpu.Train(split, parameters, onEpoch, cancellationToken);
        var history = afterEpochs == 0
            ? TrainingHistory.From([])
            : _cpu.Train(split, parameters with { Epochs = afterEpochs }, onEpoch, cancellationToken).History;
        var broken = new LabelledRows(
            [.. split.Training.Features.Select(_ => float.NaN)], split.Training.FeatureCount, split.Training.Labels);
        return _cpu.Train(split with { Training = broken }, parameters, onEpoch: null, cancellationToken) with { History = history };
    }
}

/// <summary>A device that computes slightly other numbers than the CPU, and only once it is let.</summary>
internal sealed class OtherDevice(Task gate) : ITrainingDevice
{
    private readonly CpuTrainingDevice _cpu = new();

    public string Name => "other";

    public TrainingResult Train(
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch = null,
        CancellationToken cancellationToken = default)
    {
        var result = _cpu.Train(split, parameters, onEpoch, cancellationToken);
        gate.Wait(cancellationToken);
        result.Weights.Layers[0].Weights[0] += 1e-6f;
        return result with { History = TrainingHistory.From([new EpochMetrics(9, 0, 9, 0)]) };
    }
}
