using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cpu;

/// <summary>A hidden layer below another, which reads its values row by row, as the first one reads the batch.</summary>
internal sealed unsafe class MiddleLayer<TSimd, TVector> : HiddenLayer<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly int _number;
    private readonly AlignedFloats _values;

    public MiddleLayer(
        DenseLayer layer, Activation activation, int number, HiddenLayer<TSimd, TVector>? below, int capacity, bool trained)
        : base(layer, activation, number, below, capacity, trained)
    {
        _number = number;
        _values = new AlignedFloats((long)capacity * Panels.PaddedUnits);
    }

    /// <summary>The values, after dropout: rows x <see cref="Stride"/>.</summary>
    public float* Values => _values.Pointer;

    /// <summary>Floats from a row of <see cref="Values"/> to the next.</summary>
    public nint Stride => Panels.PaddedUnits;

    /// <summary>Computes the values of a batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(float* inputs, nint stride, int rows, Dropout? dropout, ref RowPrefetcher prefetcher)
    {
        foreach (var group in Panels.Groups)
        {
            for (var p = group.First; p < group.First + group.Count; p++)
            {
                var panel = Panels.All[p];
                Activate(group, panel, inputs, stride, rows, ref prefetcher);
                float* h = Hidden(group, panel), values = Values + panel.Start;
                if (dropout is null) HiddenLayerKernels<TSimd, TVector>.CopyRows(h, rows, panel.Width, values, Stride);
                else dropout.Apply(_number, firstRow: 0, panel.Start, h, rows, panel.Width, values, Stride);
            }
        }
    }

    /// <summary>
    /// The gradients of a batch, from those of the layer above, whose weights have not taken their step yet, and one step for
    /// the biases; for the weights into the layer, too, where no hidden layer waits for the gradients.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(
        HiddenLayer<TSimd, TVector> above,
        float* inputs,
        nint stride,
        int rows,
        StepRule rule,
        Dropout? dropout,
        ref RowPrefetcher prefetcher)
    {
        var (sums, padded) = (above.Panels.Units, above.Panels.PaddedUnits);
        foreach (var group in Panels.Groups)
        {
            for (var p = group.First; p < group.First + group.Count; p++)
            {
                var panel = Panels.All[p];
                Differentiate(group, panel, above.GradientRows, padded, 1, above.WeightsOf(panel), sums, rows, rule, dropout);
                if (IsFirst) StepPanel(panel, inputs, stride, rows, rule, ref prefetcher);
            }
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _values.Dispose();
    }
}
