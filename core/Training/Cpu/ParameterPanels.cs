namespace MusicPipeline.Training.Cpu;

/// <summary>A matrix of parameters (rows x hidden) in panels, with Adam's moments beside it when it is trained.</summary>
internal sealed unsafe class ParameterPanels : IDisposable
{
    private readonly Panels _panels;
    private readonly int _rows;
    private readonly int _panelRows;
    private readonly AlignedFloats _weights;
    private readonly AlignedFloats? _mean;
    private readonly AlignedFloats? _variance;

    public ParameterPanels(Panels panels, ReadOnlySpan<float> matrix, int rows, int panelRows, bool trained)
    {
        _panels = panels;
        _rows = rows;
        _panelRows = panelRows;
        _weights = new AlignedFloats(Length);
        _mean = trained ? new AlignedFloats(Length) : null;
        _variance = trained ? new AlignedFloats(Length) : null;
        Load(matrix, Quantity.Weight);
    }

    private int Length => checked(_panelRows * _panels.PaddedUnits);

    public float* Weights(Panel panel) => _weights.Pointer + ((nint)_panelRows * panel.Start);

    public float* Mean(Panel panel) => _mean!.Pointer + ((nint)_panelRows * panel.Start);

    public float* Variance(Panel panel) => _variance!.Pointer + ((nint)_panelRows * panel.Start);

    /// <summary>A copy as a matrix (rows x hidden), row-major.</summary>
    public float[] ToArray(Quantity quantity)
    {
        var matrix = new float[_rows * _panels.Units];
        _panels.Unpack(Floats(quantity), _panelRows, _rows, matrix);
        return matrix;
    }

    /// <summary>The reverse of <see cref="ToArray"/>; what pads the panels stays.</summary>
    public void Load(ReadOnlySpan<float> matrix, Quantity quantity) => _panels.Pack(matrix, _rows, _panelRows, Floats(quantity));

    public void Dispose()
    {
        _weights.Dispose();
        _mean?.Dispose();
        _variance?.Dispose();
    }

    private Span<float> Floats(Quantity quantity) => new(
        quantity switch
        {
            Quantity.Mean => _mean!.Pointer,
            Quantity.Variance => _variance!.Pointer,
            _ => _weights.Pointer,
        },
        Length);
}
