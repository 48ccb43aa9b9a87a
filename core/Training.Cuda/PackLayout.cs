using MusicPipeline.Data;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>Where the trials of a pack lie on the device.</summary>
internal sealed class PackLayout
{
    /// <param name="split">The data set.</param>
    /// <param name="trials">The trials, all with one batch size, as far as the rows reach.</param>
    /// <param name="orders">The row order that each trial follows, from 0 on.</param>
    public PackLayout(TrainingSplit split, IReadOnlyList<HyperParameters> trials, IReadOnlyList<int> orders)
    {
        var training = split.Training;
        Rows = training.Rows;
        BatchSize = Math.Min(trials[0].BatchSize, Rows);
        Batches = (Rows + BatchSize - 1) / BatchSize;
        Shape = new PackShape
        {
            Features = training.FeatureCount,
            FeatureCapacity = Tiling.RoundUp(training.FeatureCount + 1, Tiling.Features),
            Depth = Tiling.RoundUp(training.FeatureCount + 1, Tiling.Rows),
            Classes = split.Classes,
            ClassCapacity = Tiling.RoundUp(split.Classes, Tiling.Classes),
            RowTiles = Tiling.RoundUp(BatchSize, Tiling.Rows) / Tiling.Rows,
        };
        Orders = orders.Max() + 1;
        BatchesAtOnce = (int)Math.Clamp(
            PackMemory.GatherBytes / (8L * Orders * RowCapacity * Shape.FeatureCapacity), 1, Math.Min(Batches, ushort.MaxValue));
        var tiles = new List<TileInfo>();
        Trials = new TrialInfo[trials.Count];
        for (var i = 0; i < trials.Count; i++)
        {
            var units = trials[i].HiddenUnits;
            Trials[i] = new TrialInfo
            {
                Activation = (int)trials[i].Activation,
                Order = orders[i],
                FirstTile = tiles.Count,
                Tiles = Tiling.RoundUp(units, Tiling.Units) / Tiling.Units,
            };
            for (var first = 0; first < units; first += Tiling.Units)
                tiles.Add(new TileInfo { Trial = i, Units = Math.Min(Tiling.Units, units - first) });
        }

        Tiles = [.. tiles];
    }

    public PackShape Shape { get; }

    /// <summary>Rows to train on.</summary>
    public int Rows { get; }

    public int BatchSize { get; }

    /// <summary>Batches of an epoch.</summary>
    public int Batches { get; }

    /// <summary>Rows of a batch that there is room for.</summary>
    public int RowCapacity => Shape.RowTiles * Tiling.Rows;

    /// <summary>Different row orders.</summary>
    public int Orders { get; }

    /// <summary>Batches whose rows are gathered by one launch.</summary>
    public int BatchesAtOnce { get; }

    public TrialInfo[] Trials { get; }

    public TileInfo[] Tiles { get; }

    /// <summary>Rows of a batch that are there.</summary>
    public int RowsOf(int batch) => Math.Min(BatchSize, Rows - (batch * BatchSize));
}
