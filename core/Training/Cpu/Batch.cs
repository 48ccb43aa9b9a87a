using System.Runtime.CompilerServices;
using MusicPipeline.Data;

namespace MusicPipeline.Training.Cpu;

/// <summary>The rows of a batch, one after another, and their labels.</summary>
internal sealed unsafe class Batch : IDisposable
{
    private readonly int _features;
    private readonly AlignedFloats _inputs;
    private readonly AlignedFloats _labels;

    /// <param name="features">Features a row.</param>
    /// <param name="stride">Floats from a row to the next.</param>
    /// <param name="capacity">Rows that there is room for.</param>
    public Batch(int features, int stride, int capacity)
    {
        _features = features;
        Stride = stride;
        _inputs = new AlignedFloats((long)capacity * stride);
        _labels = new AlignedFloats(capacity);
    }

    public float* Inputs => _inputs.Pointer;

    public int* Labels => (int*)_labels.Pointer;

    public nint Stride { get; }

    /// <summary>Copies the rows of the given indices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(LabelledRows data, ReadOnlySpan<int> rows)
    {
        var target = Inputs;
        for (var i = 0; i < rows.Length; i++, target += Stride)
        {
            data.Row(rows[i]).CopyTo(new Span<float>(target, _features));
            Labels[i] = data.Labels[rows[i]];
        }
    }

    /// <summary>Copies rows that lie one after another.</summary>
    public void Copy(float* source, int rows)
    {
        for (nint i = 0; i < rows; i++)
            new ReadOnlySpan<float>(source + (i * _features), _features).CopyTo(new Span<float>(Inputs + (i * Stride), _features));
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _labels.Dispose();
    }
}
