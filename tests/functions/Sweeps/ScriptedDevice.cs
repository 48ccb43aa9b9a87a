using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;

namespace MusicPipeline.Functions.Tests.Sweeps;

/// <summary>The CPU, which counts what it does and does what the test says before each trial.</summary>
internal sealed class ScriptedDevice(Action<HyperParameters, int, CancellationToken>? before = null) : ITrainingDevice
{
    private readonly CpuTrainingDevice _cpu = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<HyperParameters, int> _calls = [];
    private int _running;

    public string Name => _cpu.Name;

    /// <summary>Most trials that ran at the same time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>How often each trial was begun.</summary>
    public IReadOnlyDictionary<HyperParameters, int> Calls
    {
        get
        {
            lock (_gate) return new Dictionary<HyperParameters, int>(_calls);
        }
    }

    public TrainingResult Train(
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch = null,
        CancellationToken cancellationToken = default)
    {
        int call;
        lock (_gate)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
            call = _calls[parameters] = _calls.GetValueOrDefault(parameters) + 1;
        }

        try
        {
            before?.Invoke(parameters, call, cancellationToken);
            return _cpu.Train(split, parameters, onEpoch, cancellationToken);
        }
        finally
        {
            lock (_gate) _running--;
        }
    }
}
