using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>The CPU, which asks the test before each epoch; it knows checkpoints, and writes down the epochs it trained.</summary>
internal sealed class GateDevice(Action<HyperParameters, int> before) : ITrainingDevice
{
    private readonly CpuTrainingDevice _cpu = new();
    private readonly Lock _gate = new();
    private readonly List<(int Units, int Epoch)> _trained = [];

    public string Name => _cpu.Name;

    /// <summary>Hidden units and number of each epoch that was trained, of all trials.</summary>
    public (int Units, int Epoch)[] Trained
    {
        get
        {
            lock (_gate) return [.. _trained];
        }
    }

    public TrainingResult Train(
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch = null,
        CancellationToken cancellationToken = default) =>
        Train(split, parameters, new TrainingRun { OnEpoch = onEpoch }, cancellationToken);

    public TrainingResult Train(
        TrainingSplit split, HyperParameters parameters, TrainingRun run, CancellationToken cancellationToken = default)
    {
        before(parameters, (run.From?.Epochs.Count ?? 0) + 1);
        return _cpu.Train(split, parameters, run with { OnEpoch = OnEpoch, Continue = Continue }, cancellationToken);

        void OnEpoch(int epoch, EpochMetrics metrics)
        {
            lock (_gate) _trained.Add((parameters.HiddenUnits, epoch));
            run.OnEpoch?.Invoke(epoch, metrics);
        }

        bool Continue(int epoch, EpochMetrics metrics)
        {
            before(parameters, epoch + 1);
            return run.Continue?.Invoke(epoch, metrics) ?? true;
        }
    }

    public bool CanResume(TrainingCheckpoint checkpoint, TrainingSplit split, HyperParameters parameters) =>
        _cpu.CanResume(checkpoint, split, parameters);
}
