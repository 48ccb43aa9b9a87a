using ILGPU;
using ILGPU.Runtime;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>
/// Launches the fused kernels for a pack of networks of one hidden layer. Launches return at once; the device works through
/// them in their order. A step is three launches for all trials together, and the rows of many batches are gathered by one more.
/// </summary>
internal sealed class PackEngine : IPackEngine
{
    private readonly KernelSet _kernels;
    private readonly DeviceData _data;
    private readonly PackLayout _layout;
    private readonly PackBuffers _buffers;
    private int _activeTiles;
    private int _activeTrials;

    /// <exception cref="DeviceMemoryException">The pack does not fit.</exception>
    public PackEngine(Accelerator accelerator, KernelSet kernels, DeviceData data, PackLayout layout, long memoryBytes)
    {
        _kernels = kernels;
        _data = data;
        _layout = layout;
        _buffers = new PackBuffers(accelerator, layout, data.ValidationTiles, memoryBytes);
        Networks = new PackNetworks(layout, _buffers);
        Activate([.. Enumerable.Range(0, layout.Trials.Length)]);
    }

    /// <inheritdoc/>
    public int Batches => _layout.Batches;

    /// <inheritdoc/>
    public IPackNetworks Networks { get; }

    /// <inheritdoc/>
    public void Activate(int[] trials)
    {
        int[] tiles = [.. trials.SelectMany(trial => Enumerable.Range(_layout.Trials[trial].FirstTile, _layout.Trials[trial].Tiles))];
        _buffers.ActiveTiles.SubView(0, tiles.Length).CopyFromCPU(tiles);
        _buffers.ActiveTrials.SubView(0, trials.Length).CopyFromCPU(trials);
        (_activeTiles, _activeTrials) = (tiles.Length, trials.Length);
    }

    /// <inheritdoc/>
    public void BeginEpoch(int[] rows, float[] steps, float[] decay, int[] epochsDone) => _buffers.Epoch.Begin(rows, steps, decay);

    /// <inheritdoc/>
    public void Step(int batch)
    {
        var place = batch % _layout.BatchesAtOnce;
        if (place == 0) Gather(batch);
        var shape = _layout.Shape;
        Forward(
            _buffers.Transposed.Cast<Float4>(),
            shape.RowTiles,
            shape.RowTiles * _layout.BatchesAtOnce,
            place * shape.RowTiles,
            keepsHidden: true);
        _kernels.Output(Config(new Index3D(_activeTiles, shape.RowTiles, 1)), new OutputTask
        {
            ActiveTiles = _buffers.ActiveTiles,
            Tiles = _buffers.Tiles,
            Trials = _buffers.Trials,
            Partial = _buffers.Partial,
            Bias = _buffers.Bias[0],
            W2 = _buffers.W2.Weights,
            Labels = _buffers.Labels,
            Hidden = _buffers.Hidden,
            HiddenGradient = _buffers.HiddenGradient,
            OutputGradient = _buffers.OutputGradient,
            Loss = _buffers.Loss,
            Correct = _buffers.Correct,
            Shape = shape,
            LabelsOfOrder = _layout.BatchesAtOnce * _layout.RowCapacity,
            FirstLabel = place * _layout.RowCapacity,
            Scale = 1f / _layout.RowsOf(batch),
        });
        var weightTiles = (shape.FeatureCapacity / Tiling.Features) + (shape.ClassCapacity / Tiling.Classes);
        _kernels.Backward(Config(new Index3D(_activeTiles, weightTiles, 1)), new BackwardTask
        {
            ActiveTiles = _buffers.ActiveTiles,
            Tiles = _buffers.Tiles,
            Trials = _buffers.Trials,
            Inputs = _buffers.Inputs.Cast<Float4>(),
            Hidden = _buffers.Hidden,
            HiddenGradient = _buffers.HiddenGradient,
            OutputGradient = _buffers.OutputGradient.Cast<Float4>(),
            W1 = _buffers.W1,
            W2 = _buffers.W2,
            Bias = _buffers.Bias[0],
            BiasMean = _buffers.Bias[1],
            BiasVariance = _buffers.Bias[2],
            Loss = _buffers.Loss,
            Correct = _buffers.Correct,
            Sums = _buffers.Epoch.Sums,
            Steps = _buffers.Epoch.Steps,
            Decay = _buffers.Epoch.Decay,
            Shape = shape,
            InputsOfOrder = _layout.BatchesAtOnce * _layout.RowCapacity * shape.FeatureCapacity / 4,
            FirstInput = place * _layout.RowCapacity * shape.FeatureCapacity / 4,
            Batch = batch,
            Batches = _layout.Batches,
        });
    }

    /// <inheritdoc/>
    public void Validate(CancellationToken cancellationToken)
    {
        for (var first = 0; first < _data.ValidationTiles; first += _buffers.ScoredTiles)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tiles = Math.Min(_buffers.ScoredTiles, _data.ValidationTiles - first);
            Forward(_data.Validation, tiles, inputTilesOfOrder: 0, first, keepsHidden: false);
            _kernels.Score(Config(new Index3D(_activeTrials, tiles, 1)), new ScoreTask
            {
                ActiveTrials = _buffers.ActiveTrials,
                Trials = _buffers.Trials,
                Partial = _buffers.Partial,
                Bias = _buffers.Bias[0],
                Labels = _data.ValidationLabels,
                Loss = _buffers.ValidationLoss,
                Correct = _buffers.ValidationCorrect,
                Winners = _buffers.Winners,
                Shape = _layout.Shape,
                RowTiles = tiles,
                FirstRowTile = first,
                AllRowTiles = _data.ValidationTiles,
            });
        }
    }

    /// <inheritdoc/>
    public TrialSums[] ReadSums() => DeviceBuffers.Read(_buffers.Epoch.Sums);

    /// <inheritdoc/>
    public BatchScore[] ReadValidation()
    {
        var loss = DeviceBuffers.Read(_buffers.ValidationLoss);
        var correct = DeviceBuffers.Read(_buffers.ValidationCorrect);
        var tiles = _data.ValidationTiles;
        return [.. Enumerable.Range(0, _layout.Trials.Length).Select(Sum)];

        BatchScore Sum(int trial)
        {
            var sum = default(BatchScore);
            for (var i = trial * tiles; i < (trial + 1) * tiles; i++) sum += new BatchScore(loss[i], correct[i]);
            return sum;
        }
    }

    /// <inheritdoc/>
    public int[] ReadWinners() => DeviceBuffers.Read(_buffers.Winners);

    public void Dispose() => _buffers.Dispose();

    private static KernelConfig Config(Index3D grid) => new(grid, new Index3D(Tiling.Threads, 1, 1));

    private void Gather(int batch)
    {
        var shape = _layout.Shape;
        var batches = Math.Min(_layout.BatchesAtOnce, _layout.Batches - batch);
        var groups = Tiling.RoundUp(_layout.RowCapacity * shape.FeatureCapacity, Tiling.Threads) / Tiling.Threads;
        _kernels.Gather(Config(new Index3D(groups, batches, _layout.Orders)), new GatherTask
        {
            Features = _data.Features,
            Labels = _data.Labels,
            Rows = _buffers.Epoch.Rows,
            Inputs = _buffers.Inputs,
            Transposed = _buffers.Transposed,
            BatchLabels = _buffers.Labels,
            Shape = shape,
            RowCount = _layout.Rows,
            BatchSize = _layout.BatchSize,
            FirstBatch = batch,
            Batches = batches,
            BatchCapacity = _layout.BatchesAtOnce,
        });
    }

    private void Forward(ArrayView<Float4> inputs, int rowTiles, int inputTilesOfOrder, int firstInputTile, bool keepsHidden) =>
        _kernels.Forward(Config(new Index3D(_activeTiles, rowTiles, 1)), new ForwardTask
        {
            ActiveTiles = _buffers.ActiveTiles,
            Tiles = _buffers.Tiles,
            Trials = _buffers.Trials,
            Inputs = inputs,
            W1 = _buffers.W1.Weights,
            W2 = _buffers.W2.Weights,
            Hidden = _buffers.Hidden,
            Partial = _buffers.Partial,
            Shape = _layout.Shape,
            RowTiles = rowTiles,
            InputTilesOfOrder = inputTilesOfOrder,
            FirstInputTile = firstInputTile,
            KeepsHidden = keepsHidden ? 1 : 0,
        });
}
