using System.Collections.Concurrent;
using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>The CPU, which says that it takes several trials at once, and breaks in a pack where the test says so.</summary>
/// <param name="capacity">Trials at once.</param>
/// <param name="memory">Memory of packs in bytes.</param>
/// <param name="after">Called with the number of trials of the pack that have ended; may throw.</param>
internal sealed class PackDevice(int capacity = 8, long memory = 1L << 40, Action<int>? after = null) : ITrainingDevice
{
    private readonly ITrainingDevice _cpu = new CpuTrainingDevice();

    public string Name => "packs";

    /// <summary>Hidden units of the trials of each pack, in the order of the packs.</summary>
    public ConcurrentQueue<int[]> Packs { get; } = [];

    public DeviceCapacity Capacity => new(Name, capacity, memory);

    public TrainingResult Train(
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch = null,
        CancellationToken cancellationToken = default) => _cpu.Train(split, parameters, onEpoch, cancellationToken);

    public bool CanResume(TrainingCheckpoint checkpoint, TrainingSplit split, HyperParameters parameters) =>
        _cpu.CanResume(checkpoint, split, parameters);

    public void TrainPack(
        TrainingSplit split,
        IReadOnlyList<PackMember> members,
        Action<int, TrainingResult> onFinished,
        CancellationToken cancellationToken = default)
    {
        Packs.Enqueue([.. members.Select(member => member.Parameters.HiddenUnits)]);
        var ended = 0;
        _cpu.TrainPack(split, members, OnFinished, cancellationToken);

        void OnFinished(int position, TrainingResult result)
        {
            onFinished(position, result);
            after?.Invoke(++ended);
        }
    }
}
