using ILGPU;
using ILGPU.Runtime;
using MusicPipeline.Data;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>
/// Launches the dense kernels for a pack of networks of any depth, with every option. A step is three launches for each layer
/// of the deepest network, for all trials that have such a layer, and two for the outputs.
/// </summary>
internal sealed class DenseEngine : IPackEngine
{
    private readonly KernelSet _kernels;
    private readonly DeviceData _data;
    private readonly TrainingSplit _split;
    private readonly IReadOnlyList<HyperParameters> _trials;
    private readonly DenseLayout _layout;
    private readonly DenseBuffers _buffers;
    private (int Start, int Count, int Units, int Inputs)[] _levels = [];

    /// <exception cref="DeviceMemoryException">The pack does not fit.</exception>
    public DenseEngine(
        Accelerator accelerator,
        KernelSet kernels,
        DeviceData data,
        TrainingSplit split,
        IReadOnlyList<HyperParameters> trials,
        IReadOnlyList<int> orders,
        long memoryBytes)
    {
        (_kernels, _data, _split, _trials) = (kernels, data, split, trials);
        _layout = new DenseLayout(split, trials, orders);
        float[] classWeights = [.. trials.SelectMany(
            trial => StepRules.Of(split, trial, epochsDone: 0).ClassWeights ?? Enumerable.Repeat(1f, split.Classes))];
        _buffers = new DenseBuffers(accelerator, _layout, classWeights, split.Validation.Rows, memoryBytes);
        Networks = new DenseNetworks(_layout, _buffers);
        Activate([.. Enumerable.Range(0, trials.Count)]);
    }

    /// <inheritdoc/>
    public int Batches => _layout.Batches;

    /// <inheritdoc/>
    public IPackNetworks Networks { get; }

    private (int Start, int Count, int Units, int Inputs) Outputs => _levels[^1];

    /// <inheritdoc/>
    public void Activate(int[] trials)
    {
        var levels = _layout.Levels(trials);
        int[] all = [.. levels.SelectMany(level => level)];
        _buffers.Active.SubView(0, all.Length).CopyFromCPU(all);
        var start = 0;
        _levels = [.. levels.Select(level =>
        {
            var layers = level.Select(layer => _layout.Layers[layer]).ToArray();
            var result = (start, level.Length, layers.Max(layer => layer.Units), layers.Max(layer => layer.Inputs));
            start += level.Length;
            return result;
        })];
    }

    /// <inheritdoc/>
    public void BeginEpoch(int[] rows, float[] steps, float[] decay, int[] epochsDone)
    {
        _buffers.Epoch.Begin(rows, steps, decay);
        for (var trial = 0; trial < _trials.Count; trial++)
        {
            if (_trials[trial].Dropout > 0) UploadKeys(trial, (long)epochsDone[trial] * Batches);
        }
    }

    /// <inheritdoc/>
    public void Step(int batch)
    {
        var rows = _layout.RowsOf(batch);
        var task = Task(_data.Features, _data.Labels, _buffers.Loss, _buffers.Winners) with
        {
            Rows = new DenseRows
            {
                Order = _buffers.Epoch.Rows,
                Positions = _layout.Rows,
                First = batch * _layout.BatchSize,
                Count = rows,
                IsTraining = 1,
                Features = _split.Training.FeatureCount,
            },
            RowCapacity = _layout.BatchSize,
            Batch = batch,
            Scale = 1f / rows,
        };
        Forward(task);
        _kernels.DenseSum(Config(1, 1, Outputs.Count), Of(task, Outputs));
        for (var level = _levels.Length - 2; level >= 0; level--)
        {
            var own = Of(task, _levels[level]) with { IsFirst = level == 0 ? 1 : 0 };
            var (_, count, units, inputs) = _levels[level];
            if (level > 0) _kernels.DenseBackward(Config(Fours(rows), Groups(inputs), count), own);
            _kernels.DenseStep(Config(Fours(inputs + 1), Groups(units), count), own);
        }
    }

    /// <inheritdoc/>
    public void Validate(CancellationToken cancellationToken)
    {
        var total = _split.Validation.Rows;
        for (var first = 0; first < total; first += _layout.ValidationRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Forward(Task(_data.Validation.Cast<float>(), _data.ValidationLabels, _buffers.ValidationLoss, _buffers.ValidationWinners) with
            {
                Rows = new DenseRows
                {
                    Order = _buffers.Epoch.Rows,
                    First = first,
                    Count = Math.Min(_layout.ValidationRows, total - first),
                    FeatureCapacity = Tiling.RoundUp(_split.Training.FeatureCount + 1, Tiling.Features),
                },
                RowCapacity = total,
                FirstRow = first,
            });
        }
    }

    /// <inheritdoc/>
    public TrialSums[] ReadSums() => DeviceBuffers.Read(_buffers.Epoch.Sums);

    /// <inheritdoc/>
    public BatchScore[] ReadValidation()
    {
        var loss = DeviceBuffers.Read(_buffers.ValidationLoss);
        var winners = ReadWinners();
        var labels = _split.Validation.Labels;
        return [.. Enumerable.Range(0, _trials.Count).Select(Sum)];

        BatchScore Sum(int trial)
        {
            var sum = default(BatchScore);
            for (var row = 0; row < labels.Length; row++)
            {
                var place = (trial * labels.Length) + row;
                sum += new BatchScore(loss[place], winners[place] == labels[row] ? 1 : 0);
            }

            return sum;
        }
    }

    /// <inheritdoc/>
    public int[] ReadWinners() => DeviceBuffers.Read(_buffers.ValidationWinners);

    public void Dispose() => _buffers.Dispose();

    private static int Fours(int count) => (count + 3) / 4;

    private static int Groups(int count) => (count + Tiling.Threads - 1) / Tiling.Threads;

    private static KernelConfig Config(int x, int y, int z) => new(new Index3D(x, y, z), new Index3D(Tiling.Threads, 1, 1));

    private void Forward(DenseTask task)
    {
        for (var level = 0; level < _levels.Length - 1; level++)
        {
            var (_, count, units, _) = _levels[level];
            _kernels.DenseForward(
                Config(Fours(task.Rows.Count), Groups(units), count), Of(task, _levels[level]) with { IsFirst = level == 0 ? 1 : 0 });
        }

        _kernels.DenseOutput(Config(Groups(task.Rows.Count), 1, Outputs.Count), Of(task, Outputs));
    }

    private DenseTask Of(DenseTask task, (int Start, int Count, int Units, int Inputs) level) =>
        task with { Active = _buffers.Active.SubView(level.Start, level.Count) };

    private void UploadKeys(int trial, long stepsDone)
    {
        var draws = new DropoutKeys(_trials[trial].Dropout, _trials[trial].Seed);
        var keys = new uint[_layout.Rows];
        var number = 0;
        foreach (var layer in _layout.HiddenLayers(trial))
        {
            for (var row = 0; row < keys.Length; row++)
                keys[row] = draws.OfRow(number, stepsDone + (row / _layout.BatchSize), row % _layout.BatchSize);
            _buffers.Keys.SubView(layer.Keys, keys.Length).CopyFromCPU(keys);
            number++;
        }
    }

    private DenseTask Task(ArrayView<float> features, ArrayView<int> labels, ArrayView<float> loss, ArrayView<int> winners) => new()
    {
        Layers = _buffers.Layers,
        Trials = _buffers.Trials,
        Features = features,
        Labels = labels,
        Weights = _buffers.Weights,
        Mean = _buffers.Mean,
        Variance = _buffers.Variance,
        Values = _buffers.Values,
        Gradients = _buffers.Gradients,
        Keys = _buffers.Keys,
        ClassWeights = _buffers.ClassWeights,
        Loss = loss,
        Winners = winners,
        Sums = _buffers.Epoch.Sums,
        Steps = _buffers.Epoch.Steps,
        Decay = _buffers.Epoch.Decay,
        Batches = _layout.Batches,
        ShareOfClass = 1f / _split.Classes,
    };
}
