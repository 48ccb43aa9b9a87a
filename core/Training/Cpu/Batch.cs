using System.Runtime.CompilerServices;
using MusicPipeline.Data;

namespace MusicPipeline.Training.Cpu;

/// <summary>Room for the rows of a batch, one after another, and their labels.</summary>
internal sealed unsafe class Batch : IDisposable
{
    private readonly int features;
    private readonly AlignedFloats inputs;
    private readonly AlignedFloats labels;

    /// <param name="features">Features a row.</param>
    /// <param name="stride">Floats from a row to the next.</param>
    /// <param name="capacity">Rows that there is room for.</param>
    public Batch(int features, int stride, int capacity)
    {
        this.features = features;
        Stride = stride;
        inputs = new AlignedFloats((long)capacity * stride);
        labels = new AlignedFloats(capacity);
    }

    public float* Inputs => inputs.Pointer;

    public int* Labels => (int*)labels.Pointer;

    public nint Stride { get; }

    /// <summary>Copies the rows of the given indices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(LabelledRows data, ReadOnlySpan<int> rows)
    {
        var target = Inputs;
        for (var i = 0; i < rows.Length; i++, target += Stride)
        {
            data.Row(rows[i]).CopyTo(new Span<float>(target, features));
            Labels[i] = data.Labels[rows[i]];
        }
    }

    /// <summary>Copies rows that lie one after another.</summary>
    public void Copy(float* source, int rows)
    {
        for (nint i = 0; i < rows; i++)
            new ReadOnlySpan<float>(source + (i * features), features).CopyTo(new Span<float>(Inputs + (i * Stride), features));
    }

    public void Dispose()
    {
        inputs.Dispose();
        labels.Dispose();
    }
}
