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
        panels.Pack(matrix, rows, panelRows, new Span<float>(weights.Pointer, Length));
    }

    private int Length => checked(panelRows * panels.PaddedUnits);

    public float* Weights(Panel panel) => weights.Pointer + ((nint)panelRows * panel.Start);

    public float* Mean(Panel panel) => mean!.Pointer + ((nint)panelRows * panel.Start);

    public float* Variance(Panel panel) => variance!.Pointer + ((nint)panelRows * panel.Start);

    public float[] ToArray()
    {
        var matrix = new float[rows * panels.Units];
        panels.Unpack(new ReadOnlySpan<float>(weights.Pointer, Length), panelRows, rows, matrix);
        return matrix;
    }

    public void Dispose()
    {
        weights.Dispose();
        mean?.Dispose();
        variance?.Dispose();
    }
}
