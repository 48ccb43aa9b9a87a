using ILGPU;
using ILGPU.Runtime;
using MusicPipeline.Data;

namespace MusicPipeline.Training.Cuda;

/// <summary>
/// Trains packs of trials side by side on an NVIDIA GPU. The data set last used stays on the device. One pack at a time
/// is trained; other callers wait. A trial ends in the same bits whatever is in its pack, on one kind of GPU.
/// </summary>
public sealed class CudaTrainingDevice : ITrainingDevice, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Context _context;
    private readonly Accelerator _accelerator;
    private readonly KernelSet _kernels;
    private readonly string _arithmetic;
    private DeviceData? _data;

    /// <summary>A device that owns the context and the accelerator.</summary>
    /// <param name="context">The context, made for this device.</param>
    /// <param name="accelerator">The device: a GPU, or ILGPU's CPU accelerator in tests.</param>
    /// <param name="kernels">The kernels, compiled for the accelerator.</param>
    /// <param name="arithmetic">What the bits of a result depend on, such as <c>sm_90</c>.</param>
    /// <param name="capacity">How much is trained at once.</param>
    internal CudaTrainingDevice(
        Context context, Accelerator accelerator, KernelSet kernels, string arithmetic, DeviceCapacity capacity)
    {
        (_context, _accelerator, _kernels, Capacity) = (context, accelerator, kernels, capacity);
        _arithmetic = $"{Name}-{arithmetic}";
    }

    /// <inheritdoc/>
    public string Name => "cuda";

    /// <inheritdoc/>
    public DeviceCapacity Capacity { get; }

    /// <inheritdoc/>
    public bool HasFailed { get; private set; }

    /// <summary>Bytes that may be allocated; less than the capacity says where something else has taken the rest.</summary>
    internal long MemoryLimit { get; init; } = long.MaxValue;

    /// <inheritdoc/>
    /// <exception cref="DeviceMemoryException">The trial does not fit into the device's memory.</exception>
    public TrainingResult Train(
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch = null,
        CancellationToken cancellationToken = default) =>
        Train(split, parameters, new TrainingRun { OnEpoch = onEpoch }, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="DeviceMemoryException">The trial does not fit into the device's memory.</exception>
    public TrainingResult Train(
        TrainingSplit split, HyperParameters parameters, TrainingRun run, CancellationToken cancellationToken = default)
    {
        TrainingResult? only = null;
        TrainPack(split, [new PackMember(parameters, run)], (_, result) => only = result, cancellationToken);
        return only!;
    }

    /// <inheritdoc/>
    public bool CanResume(TrainingCheckpoint checkpoint, TrainingSplit split, HyperParameters parameters) =>
        TrainingSession.CanResume(checkpoint, split, parameters, _arithmetic);

    /// <inheritdoc/>
    /// <remarks>
    /// Trials with one batch size go together, as many as <see cref="Capacity"/> allows; what the device has no room for
    /// is halved until it fits.
    /// </remarks>
    /// <exception cref="DeviceMemoryException">A single trial does not fit into the device's memory.</exception>
    /// <exception cref="DeviceFailedException">The driver reports an error other than that.</exception>
    public void TrainPack(
        TrainingSplit split,
        IReadOnlyList<PackMember> members,
        Action<int, TrainingResult> onFinished,
        CancellationToken cancellationToken = default)
    {
        foreach (var (parameters, run) in members)
        {
            TrainingArguments.Check(split, parameters);
            if (run.From is { } from && !CanResume(from, split, parameters))
                throw new ArgumentException("The checkpoint is one of another run or another arithmetic.", nameof(members));
        }

        TrainingArguments.Check(members);
        lock (_gate)
        {
            if (HasFailed) throw new DeviceFailedException("The GPU had failed before.");
            try
            {
                Train(split, members, onFinished, cancellationToken);
            }
            catch (AcceleratorException exception)
            {
                // After most errors the driver answers every call of the same context with that error.
                HasFailed = true;
                throw new DeviceFailedException($"The GPU failed: {exception.Message.TrimEnd('.')}.", exception);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _data?.Dispose();
            _data = null;
            _accelerator.Dispose();
            _context.Dispose();
        }
    }

    private void Train(
        TrainingSplit split, IReadOnlyList<PackMember> members, Action<int, TrainingResult> onFinished, CancellationToken cancellationToken)
    {
        _accelerator.Bind();
        var data = Load(split);
        var waiting = new Stack<int[]>(PackPlan.Divide(split, members, Capacity).Reverse());
        while (waiting.TryPop(out var pack))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[][] chains = [.. pack.Select(first => ChainOf(members, first))];
            PackMember[][] trials = [.. chains.Select(chain => Array.ConvertAll(chain, i => members[i]))];
            if (Prepare(data, split, trials, cancellationToken) is { } trainer)
            {
                using (trainer) trainer.Run((i, trial, result) => onFinished(chains[i][trial], result), cancellationToken);
                continue;
            }

            waiting.Push(pack[(pack.Length / 2)..]);
            waiting.Push(pack[..(pack.Length / 2)]);
        }
    }

    // The member and those that go on from its end, one after another.
    private static int[] ChainOf(IReadOnlyList<PackMember> members, int first)
    {
        var chain = new List<int> { first };
        for (var i = first + 1; i < members.Count; i++)
        {
            if (members[i].After == chain[^1]) chain.Add(i);
        }

        return [.. chain];
    }

    // Null where a pack of several is too large.
    private PackTrainer? Prepare(
        DeviceData data, TrainingSplit split, PackMember[][] pack, CancellationToken cancellationToken)
    {
        try
        {
            return new PackTrainer(
                _accelerator, _kernels, data, split, pack, (_arithmetic, MemoryLimit - data.Length), cancellationToken);
        }
        catch (DeviceMemoryException) when (pack.Length > 1)
        {
            return null;
        }
    }

    private DeviceData Load(TrainingSplit split)
    {
        if (_data?.Holds(split) == true) return _data;
        _data?.Dispose();
        _data = null;
        return _data = new DeviceData(_accelerator, split, MemoryLimit);
    }
}
