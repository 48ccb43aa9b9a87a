using ILGPU;
using ILGPU.Runtime;
using MusicPipeline.Data;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>A data set on the device: training rows as they are, validation rows in the forward pass's layout.</summary>
internal sealed class DeviceData : IDisposable
{
    private readonly DeviceBuffers _buffers;
    private readonly TrainingSplit _split;

    /// <exception cref="DeviceMemoryException">It does not fit.</exception>
    public DeviceData(Accelerator accelerator, TrainingSplit split, long memoryBytes)
    {
        _split = split;
        _buffers = new DeviceBuffers(accelerator, memoryBytes);
        try
        {
            Features = _buffers.Upload(split.Training.Features);
            Labels = _buffers.Upload(split.Training.Labels);
            ValidationTiles = Tiling.RoundUp(split.Validation.Rows, Tiling.Rows) / Tiling.Rows;
            Validation = _buffers.Upload(Transpose(split.Validation)).Cast<Float4>();
            int[] labels = [.. split.Validation.Labels, .. Enumerable.Repeat(-1, (ValidationTiles * Tiling.Rows) - split.Validation.Rows)];
            ValidationLabels = _buffers.Upload(labels);
        }
        catch
        {
            _buffers.Dispose();
            throw;
        }
    }

    /// <summary>rows x features.</summary>
    public ArrayView<float> Features { get; }

    public ArrayView<int> Labels { get; }

    /// <summary>Validation rows, transposed in tiles of rows, with a one after the last feature: [tile, feature, row].</summary>
    public ArrayView<Float4> Validation { get; }

    /// <summary>-1 where there is no row.</summary>
    public ArrayView<int> ValidationLabels { get; }

    /// <summary>Tiles of validation rows.</summary>
    public int ValidationTiles { get; }

    /// <summary>Bytes in use.</summary>
    public long Length => _buffers.Length;

    /// <summary>Whether this is a copy of the same arrays.</summary>
    public bool Holds(TrainingSplit split) =>
        ReferenceEquals(split.Training.Features, _split.Training.Features)
        && ReferenceEquals(split.Training.Labels, _split.Training.Labels)
        && ReferenceEquals(split.Validation.Features, _split.Validation.Features)
        && ReferenceEquals(split.Validation.Labels, _split.Validation.Labels);

    public void Dispose() => _buffers.Dispose();

    private float[] Transpose(LabelledRows rows)
    {
        var capacity = Tiling.RoundUp(rows.FeatureCount + 1, Tiling.Features);
        var length = (long)ValidationTiles * capacity * Tiling.Rows;
        if (length > Array.MaxLength) throw new DeviceMemoryException($"{rows.Rows} validation rows, padded, do not fit into one buffer.");
        var result = new float[length];
        for (var i = 0; i < rows.Rows; i++)
        {
            var start = ((long)(i / Tiling.Rows) * capacity * Tiling.Rows) + (i % Tiling.Rows);
            var row = rows.Row(i);
            for (var f = 0; f < row.Length; f++) result[start + ((long)f * Tiling.Rows)] = row[f];
            result[start + ((long)row.Length * Tiling.Rows)] = 1;
        }

        return result;
    }
}
