using ILGPU;
using ILGPU.Runtime;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>All that a pack has on the device; the tasks of the kernels say what each buffer holds.</summary>
internal sealed class PackBuffers : IDisposable
{
    private readonly DeviceBuffers _buffers;

    /// <exception cref="DeviceMemoryException">It does not fit.</exception>
    public PackBuffers(Accelerator accelerator, PackLayout layout, int validationTiles, long memoryBytes)
    {
        _buffers = new DeviceBuffers(accelerator, memoryBytes);
        try
        {
            var shape = layout.Shape;
            long tiles = layout.Tiles.Length, trials = layout.Trials.Length;
            long batches = (long)layout.Orders * layout.BatchesAtOnce;
            ScoredTiles = Math.Min(validationTiles, PackMemory.ValidationTiles);
            Tiles = _buffers.Upload(layout.Tiles);
            Trials = _buffers.Upload(layout.Trials);
            ActiveTiles = _buffers.Allocate<int>(tiles);
            ActiveTrials = _buffers.Allocate<int>(trials);
            W1 = AllocateParameters(tiles * shape.FeatureCapacity * Tiling.UnitVectors);
            W2 = AllocateParameters(tiles * shape.ClassCapacity * Tiling.UnitVectors);
            Bias = [.. Enumerable.Range(0, 3).Select(_ => _buffers.Allocate<float>(trials * shape.ClassCapacity))];
            Hidden = _buffers.Allocate<Float4>(tiles * layout.RowCapacity * Tiling.UnitVectors);
            HiddenGradient = _buffers.Allocate<Float4>(tiles * layout.RowCapacity * Tiling.UnitVectors);
            OutputGradient = _buffers.Allocate<float>(trials * layout.RowCapacity * shape.ClassCapacity);
            Partial = _buffers.Allocate<float>(tiles * Math.Max(shape.RowTiles, ScoredTiles) * shape.ClassCapacity * Tiling.Rows);
            Epoch = new EpochBuffers(_buffers, trials, (long)layout.Orders * layout.Rows, layout.Batches);
            Inputs = _buffers.Allocate<float>(batches * layout.RowCapacity * shape.FeatureCapacity);
            Transposed = _buffers.Allocate<float>(batches * layout.RowCapacity * shape.FeatureCapacity);
            Labels = _buffers.Allocate<int>(batches * layout.RowCapacity);
            Loss = _buffers.Allocate<float>(trials * shape.RowTiles);
            Correct = _buffers.Allocate<int>(trials * shape.RowTiles);
            ValidationLoss = _buffers.Allocate<float>(trials * validationTiles);
            ValidationCorrect = _buffers.Allocate<int>(trials * validationTiles);
            Winners = _buffers.Allocate<int>(trials * validationTiles * Tiling.Rows);
        }
        catch
        {
            _buffers.Dispose();
            throw;
        }
    }

    /// <summary>Bytes in use.</summary>
    public long Length => _buffers.Length;

    /// <summary>Tiles of validation rows that are scored at once.</summary>
    public int ScoredTiles { get; }

    public ArrayView<TileInfo> Tiles { get; }

    public ArrayView<TrialInfo> Trials { get; }

    public ArrayView<int> ActiveTiles { get; }

    public ArrayView<int> ActiveTrials { get; }

    public Parameters W1 { get; }

    public Parameters W2 { get; }

    /// <summary>b2 and its two moments.</summary>
    public ArrayView<float>[] Bias { get; }

    public ArrayView<Float4> Hidden { get; }

    public ArrayView<Float4> HiddenGradient { get; }

    public ArrayView<float> OutputGradient { get; }

    public ArrayView<float> Partial { get; }

    public EpochBuffers Epoch { get; }

    public ArrayView<float> Inputs { get; }

    public ArrayView<float> Transposed { get; }

    public ArrayView<int> Labels { get; }

    public ArrayView<float> Loss { get; }

    public ArrayView<int> Correct { get; }

    public ArrayView<float> ValidationLoss { get; }

    public ArrayView<int> ValidationCorrect { get; }

    public ArrayView<int> Winners { get; }

    public void Dispose() => _buffers.Dispose();

    private Parameters AllocateParameters(long vectors) => new()
    {
        Weights = _buffers.Allocate<Float4>(vectors),
        Mean = _buffers.Allocate<Float4>(vectors),
        Variance = _buffers.Allocate<Float4>(vectors),
    };
}
