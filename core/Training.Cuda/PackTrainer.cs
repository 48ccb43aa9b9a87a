using ILGPU.Runtime;
using MusicPipeline.Data;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>
/// Epochs of a pack in lockstep. The figures of an epoch are read once, at its end; while the device is at work on it,
/// the rows of the next one are shuffled. A trial that has ended leaves the pack before the next epoch.
/// </summary>
internal sealed class PackTrainer : IDisposable
{
    private readonly IPackEngine _engine;
    private readonly EpochOrders _orders;
    private readonly PackTrial[] _trials;

    /// <exception cref="DeviceMemoryException">The pack does not fit; nothing has been trained.</exception>
    public PackTrainer(
        Accelerator accelerator,
        KernelSet kernels,
        DeviceData data,
        TrainingSplit split,
        IReadOnlyList<PackMember[]> chains,
        (string Arithmetic, long MemoryBytes) device,
        CancellationToken cancellationToken)
    {
        PackMember[] members = [.. chains.Select(chain => chain[0])];
        _orders = new EpochOrders(split.Training.Rows, members, cancellationToken);
        HyperParameters[] trials = [.. members.Select(member => member.Parameters)];
        _engine = PackMemory.IsFused(trials[0])
            ? new PackEngine(accelerator, kernels, data, new PackLayout(split, trials, _orders.OfMember), device.MemoryBytes)
            : new DenseEngine(accelerator, kernels, data, split, trials, _orders.OfMember, device.MemoryBytes);
        try
        {
            _trials = [.. chains.Select((chain, i) => new PackTrial(_engine, split, i, chain, device.Arithmetic))];
        }
        catch
        {
            _engine.Dispose();
            throw;
        }
    }

    /// <summary>Trains until every trial has ended.</summary>
    /// <param name="onFinished">Called with a place of the pack, which of its trials has ended, 0 for the first, and the result.</param>
    /// <param name="cancellationToken">Read before every batch.</param>
    public void Run(Action<int, int, TrainingResult> onFinished, CancellationToken cancellationToken)
    {
        _orders.Shuffle();
        int[] active = [.. Enumerable.Range(0, _trials.Length)];
        var ended = new int[_trials.Length];
        while (active.Length > 0)
        {
            RunEpoch(active, cancellationToken);
            if (active.Any(i => _trials[i].HasMore)) _orders.Shuffle();
            var sums = _engine.ReadSums();
            var validation = _engine.ReadValidation();
            var winners = _engine.ReadWinners();
            var rowCapacity = winners.Length / _trials.Length;
            foreach (var i in active)
            {
                _trials[i].EndEpoch(Score(sums[i]), validation[i], winners.AsSpan(i * rowCapacity, rowCapacity));
                while (_trials[i].Session.Result is { } result)
                {
                    onFinished(i, ended[i]++, result);
                    if (!_trials[i].Next()) break;
                }
            }

            int[] left = [.. active.Where(i => _trials[i].Session.Result is null)];
            if (left.Length < active.Length && left.Length > 0) _engine.Activate(left);
            active = left;
        }
    }

    public void Dispose() => _engine.Dispose();

    private void RunEpoch(int[] active, CancellationToken cancellationToken)
    {
        var steps = new float[_trials.Length * _engine.Batches];
        var decay = new float[_trials.Length];
        foreach (var i in active) decay[i] = _trials[i].BeginEpoch(steps.AsSpan(i * _engine.Batches, _engine.Batches));
        _engine.BeginEpoch(_orders.Next, steps, decay, [.. _trials.Select(trial => trial.Session.EpochsDone)]);
        for (var batch = 0; batch < _engine.Batches; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _engine.Step(batch);
        }

        _engine.Validate(cancellationToken);
    }

    private static BatchScore Score(TrialSums training) =>
        new(training.Diverged != 0 ? double.NaN : training.Loss, training.Correct);
}
