namespace MusicPipeline.Training.Cpu;

/// <summary>A matrix of parameters (rows x hidden) in panels, with Adam's moments beside it when it is trained.</summary>
internal sealed unsafe class ParameterPanels : IDisposable
{
    private readonly Panels panels;
    private readonly int rows;
    private readonly int panelRows;
    private readonly AlignedFloats weights;
    private readonly AlignedFloats? mean;
    private readonly AlignedFloats? variance;

    public ParameterPanels(Panels panels, ReadOnlySpan<float> matrix, int rows, int panelRows, bool trained)
    {
        this.panels = panels;
        this.rows = rows;
        this.panelRows = panelRows;
        weights = new AlignedFloats(Length);
        mean = trained ? new AlignedFloats(Length) : null;
        variance = trained ? new AlignedFloats(Length) : null;
        Load(matrix, Quantity.Weight);
    }

    private int Length => checked(panelRows * panels.PaddedUnits);

    public float* Weights(Panel panel) => weights.Pointer + ((nint)panelRows * panel.Start);

    public float* Mean(Panel panel) => mean!.Pointer + ((nint)panelRows * panel.Start);

    public float* Variance(Panel panel) => variance!.Pointer + ((nint)panelRows * panel.Start);

    /// <summary>A copy as a matrix (rows x hidden), row-major.</summary>
    public float[] ToArray(Quantity quantity)
    {
        var matrix = new float[rows * panels.Units];
        panels.Unpack(Floats(quantity), panelRows, rows, matrix);
        return matrix;
    }

    /// <summary>The reverse of <see cref="ToArray"/>; what pads the panels stays.</summary>
    public void Load(ReadOnlySpan<float> matrix, Quantity quantity) => panels.Pack(matrix, rows, panelRows, Floats(quantity));

    public void Dispose()
    {
        weights.Dispose();
        mean?.Dispose();
        variance?.Dispose();
    }

    private Span<float> Floats(Quantity quantity) => new(
        quantity switch
        {
            Quantity.Mean => mean!.Pointer,
            Quantity.Variance => variance!.Pointer,
            _ => weights.Pointer,
        },
        Length);
}
