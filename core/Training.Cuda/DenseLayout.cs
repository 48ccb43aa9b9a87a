using MusicPipeline.Data;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>Where the layers of a pack of networks of any depth lie on the device.</summary>
internal sealed class DenseLayout
{
    private readonly int[][] _layersOfTrial;

    /// <param name="split">The data set.</param>
    /// <param name="trials">The trials, all with one batch size, as far as the rows reach.</param>
    /// <param name="orders">The row order that each trial follows, from 0 on.</param>
    public DenseLayout(TrainingSplit split, IReadOnlyList<HyperParameters> trials, IReadOnlyList<int> orders)
    {
        Rows = split.Training.Rows;
        BatchSize = Math.Min(trials[0].BatchSize, Rows);
        Batches = (Rows + BatchSize - 1) / BatchSize;
        ValidationRows = Math.Min(split.Validation.Rows, PackMemory.ValidationTiles * Tiling.Rows);
        Orders = orders.Max() + 1;
        _layersOfTrial = new int[trials.Count][];
        Trials = new DenseTrial[trials.Count];
        ParametersOf = new (int Start, int Count)[trials.Count];
        var rowCapacity = Math.Max(BatchSize, ValidationRows);
        var layers = new List<DenseInfo>();
        for (var i = 0; i < trials.Count; i++)
        {
            var shape = NetworkShape.Of(split, trials[i]);
            var dropout = new DropoutKeys(trials[i].Dropout, trials[i].Seed);
            var start = ParameterCount;
            _layersOfTrial[i] = [.. Enumerable.Range(layers.Count, shape.HiddenUnits.Count + 1)];
            Trials[i] = new DenseTrial
            {
                Activation = (int)trials[i].Activation,
                Order = orders[i],
                Optimizer = (int)trials[i].Optimizer,
                Dropped = dropout.Dropped,
                Scale = dropout.Scale,
                Kept = (float)(1 - trials[i].Dropout),
                Smoothing = (float)trials[i].LabelSmoothing,
            };
            foreach (var (inputs, units) in shape.Layers)
            {
                var isFirst = layers.Count == _layersOfTrial[i][0];
                var isOutput = layers.Count == _layersOfTrial[i][^1];

                // What is too much for 32 bits is refused when the buffers are allocated.
                layers.Add(new DenseInfo
                {
                    Trial = i,
                    Inputs = inputs,
                    Units = units,
                    Weights = (int)ParameterCount,
                    Values = (int)ValueCount,
                    Below = isFirst ? 0 : layers[^1].Values,
                    IsOutput = isOutput ? 1 : 0,
                    Keys = (int)KeyCount,
                    KeysBelow = isFirst ? 0 : layers[^1].Keys,
                });
                ParameterCount += (inputs + 1L) * units;
                ValueCount += (long)rowCapacity * units;
                if (trials[i].Dropout > 0 && !isOutput) KeyCount += Rows;
            }

            ParametersOf[i] = ((int)start, (int)(ParameterCount - start));
        }

        Layers = [.. layers];
    }

    /// <summary>Rows to train on.</summary>
    public int Rows { get; }

    public int BatchSize { get; }

    /// <summary>Batches of an epoch.</summary>
    public int Batches { get; }

    /// <summary>Validation rows that are scored at once.</summary>
    public int ValidationRows { get; }

    /// <summary>Different row orders.</summary>
    public int Orders { get; }

    public DenseTrial[] Trials { get; }

    public DenseInfo[] Layers { get; }

    /// <summary>Where each trial's weights and biases lie.</summary>
    public (int Start, int Count)[] ParametersOf { get; }

    public long ParameterCount { get; private set; }

    public long ValueCount { get; private set; }

    public long KeyCount { get; private set; }

    /// <summary>The layers of some trials at each depth, and last their output layers.</summary>
    public int[][] Levels(int[] trials)
    {
        var deepest = trials.Max(trial => _layersOfTrial[trial].Length);
        return
        [
            .. Enumerable.Range(0, deepest).Select(depth =>
                trials.Where(trial => depth < _layersOfTrial[trial].Length).Select(trial => _layersOfTrial[trial][depth]).ToArray()),
            [.. trials.Select(trial => _layersOfTrial[trial][^1])],
        ];
    }

    /// <summary>The hidden layers of a trial.</summary>
    public IEnumerable<DenseInfo> HiddenLayers(int trial) => _layersOfTrial[trial].SkipLast(1).Select(layer => Layers[layer]);

    /// <summary>Rows of a batch that are there.</summary>
    public int RowsOf(int batch) => Math.Min(BatchSize, Rows - (batch * BatchSize));
}
