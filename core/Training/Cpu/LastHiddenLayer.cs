using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// The hidden layer below the outputs, fused with them: it also holds the weights of the output layer, transposed
/// (classes x units).
/// </summary>
internal sealed unsafe class LastHiddenLayer<TSimd, TVector> : HiddenLayer<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly int _number;
    private readonly int _classes;
    private readonly int _classCapacity;
    private readonly ParameterPanels _outputWeights;
    private readonly AlignedFloats? _dropped;

    /// <param name="layer">Initial weights into the layer.</param>
    /// <param name="output">Initial weights of the output layer.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="number">Which hidden layer it is, from 0 on.</param>
    /// <param name="below">The hidden layer whose values are its inputs; null where there is none.</param>
    /// <param name="capacity">Rows of the largest batch, a multiple of the lanes.</param>
    /// <param name="rules">What steps follow; null where none are taken.</param>
    public LastHiddenLayer(
        DenseLayer layer,
        DenseLayer output,
        Activation activation,
        int number,
        HiddenLayer<TSimd, TVector>? below,
        int capacity,
        StepRules? rules)
        : base(layer, activation, number, below, capacity, rules is not null)
    {
        _number = number;
        _classes = output.Units;
        _classCapacity = (_classes + TileRows - 1) / TileRows * TileRows;
        _outputWeights = new ParameterPanels(Panels, Transpose(output.Weights, _classes), _classes, _classCapacity, rules is not null);
        if (rules is { Dropout: > 0 }) _dropped = new AlignedFloats((long)capacity * Panels.PaddedUnits);
    }

    /// <summary>
    /// Adds the share of a group of panels to the outputs, block by block, so that after the last group the sums of a block
    /// are still at hand when its lanes are added up.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(
        PanelGroup group,
        float* inputs,
        nint stride,
        int rows,
        OutputLayer<TSimd, TVector> output,
        (bool First, bool Last) position,
        Dropout? dropout,
        ref RowPrefetcher prefetcher)
    {
        for (var p = group.First; p < group.First + group.Count; p++)
        {
            var own = Panels.All[p];
            Activate(group, own, inputs, stride, rows, ref prefetcher);
            dropout?.Apply(_number, firstRow: 0, own.Start, Hidden(group, own), rows, own.Width, Factor(group, own, dropout), own.Width);
        }

        var panel = Panels.All[group.First];
        float* h = Factor(group, panel, dropout), w = _outputWeights.Weights(panel);
        for (var block = 0; block < rows; block += TSimd.Lanes)
        {
            var sums = output.LaneSums(position is (true, true) ? 0 : block);
            HiddenLayerKernels<TSimd, TVector>.Project(
                h + ((nint)block * panel.Width), (nint)Capacity * panel.Width, w, (nint)_classCapacity * panel.Width, group.Count,
                Math.Min(TSimd.Lanes, rows - block), (_classes + 1) / 2 * 2, panel.Width, sums, position.First);
            if (position.Last) output.Collect(sums, block);
        }
    }

    /// <summary>
    /// The gradients of a panel, whose hidden values are those of the batch, and one step for its biases and for the weights
    /// above it; for those below it, too, where no hidden layer waits for the gradients.
    /// </summary>
    /// <param name="group">Group of the panel.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="inputs">Rows of inputs, as they were in the forward pass.</param>
    /// <param name="stride">Floats from a row of inputs to the next.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="output">Holds the gradient of the loss by the outputs, with zeros after the last row.</param>
    /// <param name="rule">The step.</param>
    /// <param name="dropout">What the forward pass left out; null for nothing.</param>
    /// <param name="prefetcher">Advances with every tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(
        PanelGroup group,
        Panel panel,
        float* inputs,
        nint stride,
        int rows,
        OutputLayer<TSimd, TVector> output,
        StepRule rule,
        Dropout? dropout,
        ref RowPrefetcher prefetcher)
    {
        Differentiate(
            group, panel, output.Values, 1, output.Stride, _outputWeights.Weights(panel), _classes, rows, rule, dropout);
        Update(
            _outputWeights, panel, output.Values, output.Stride, 1, Factor(group, panel, dropout), _classes, rows, rule, ref prefetcher);
        if (IsFirst) StepPanel(panel, inputs, stride, rows, rule, ref prefetcher);
    }

    /// <summary>A copy of the output layer's weights, or of what the optimizer keeps of them, with its biases.</summary>
    public DenseLayer CopyOutput(Quantity quantity, float[] bias) =>
        new(Panels.Units, _classes, Transpose(_outputWeights.ToArray(quantity), Panels.Units), bias);

    /// <summary>The reverse of <see cref="CopyOutput"/>, without the biases.</summary>
    public void LoadOutput(DenseLayer values, Quantity quantity) => _outputWeights.Load(Transpose(values.Weights, _classes), quantity);

    public override void Dispose()
    {
        base.Dispose();
        _outputWeights.Dispose();
        _dropped?.Dispose();
    }

    // What the outputs are made of: the hidden values, or what dropout leaves of them.
    private float* Factor(PanelGroup group, Panel panel, Dropout? dropout) =>
        dropout is null ? Hidden(group, panel) : _dropped!.Pointer + ((nint)Capacity * panel.Start);

    private static float[] Transpose(float[] matrix, int columns)
    {
        var rows = matrix.Length / columns;
        var transposed = new float[matrix.Length];
        for (var i = 0; i < matrix.Length; i++) transposed[(i % columns * rows) + (i / columns)] = matrix[i];
        return transposed;
    }
}
