using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// A hidden layer in panels along its units: the weights into it, W (inputs x units), its biases, its values and their
/// gradients. A tile of the weights' gradients goes from the registers straight into its step.
/// </summary>
internal abstract unsafe class HiddenLayer<TSimd, TVector> : IDisposable
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    protected const int TileRows = MatrixKernels<TSimd, TVector>.TileRows;

    // Rows that pass from one kernel to the next while they are in the first-level cache.
    private const int BlockRows = 16;

    private readonly int _number;
    private readonly int _inputs;
    private readonly int _inputCapacity;
    private readonly bool _trained;
    private readonly Activation _activation;
    private readonly ParameterPanels _weights;
    private readonly ParameterPanels _bias;
    private readonly AlignedFloats _hidden;
    private readonly AlignedFloats _gradient;
    private readonly AlignedFloats _gradientTile;
    private readonly AlignedFloats _zeros;
    private readonly AlignedFloats _lastVectorMask;
    private readonly TransposedWeights<TSimd, TVector>? _transposed;
    private readonly AlignedFloats? _gradientRows;

    /// <param name="layer">Initial weights.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="number">Which hidden layer it is, from 0 on.</param>
    /// <param name="below">The hidden layer whose values are its inputs; null for the first.</param>
    /// <param name="capacity">Rows of the largest batch, a multiple of the lanes.</param>
    /// <param name="trained">Whether there are steps to be taken.</param>
    protected HiddenLayer(
        DenseLayer layer, Activation activation, int number, HiddenLayer<TSimd, TVector>? below, int capacity, bool trained)
    {
        (_number, _inputs, _trained, _activation, Capacity) = (number, layer.Inputs, trained, activation, capacity);
        _inputCapacity = (_inputs + TileRows - 1) / TileRows * TileRows;
        Panels = new Panels(layer.Units, TSimd.Lanes, TSimd.PanelVectors);
        _weights = new ParameterPanels(Panels, layer.Weights, _inputs, _inputCapacity, trained);
        _bias = new ParameterPanels(Panels, layer.Biases, 1, 1, trained);
        var widest = Panels.All[0].Width;
        _hidden = new AlignedFloats((long)capacity * (trained ? Panels.PaddedUnits : widest * Panels.Groups[0].Count));
        _gradientTile = new AlignedFloats(TileRows * widest);
        _zeros = new AlignedFloats(widest);
        _lastVectorMask = new AlignedFloats(TSimd.Lanes);
        for (var unit = Panels.PaddedUnits - TSimd.Lanes; unit < Panels.Units; unit++)
            _lastVectorMask.Pointer[unit - Panels.PaddedUnits + TSimd.Lanes] = 1f;

        // The first layer's gradients are of no use to another, and can be forgotten panel by panel.
        IsFirst = below is null;
        _gradient = new AlignedFloats((long)capacity * (IsFirst ? widest : Panels.PaddedUnits));
        if (below is null || !trained) return;
        _gradientRows = new AlignedFloats((long)capacity * Panels.PaddedUnits);
        _transposed = new TransposedWeights<TSimd, TVector>(Panels, below.Panels, _inputCapacity);
        Transpose();
    }

    public Panels Panels { get; }

    /// <summary>Whether its inputs are the features, so that nothing waits for its gradients.</summary>
    protected bool IsFirst { get; }

    /// <summary>Rows of the largest batch.</summary>
    protected int Capacity { get; }

    /// <summary>A copy of the weights or of what the optimizer keeps of them.</summary>
    public DenseLayer Copy(Quantity quantity) => new(_inputs, Panels.Units, _weights.ToArray(quantity), _bias.ToArray(quantity));

    /// <summary>The reverse of <see cref="Copy"/>.</summary>
    public void Load(DenseLayer values, Quantity quantity)
    {
        _weights.Load(values.Weights, quantity);
        _bias.Load(values.Biases, quantity);
    }

    /// <summary>One step for the weights into the layer, where a hidden layer is below and has been given its gradients.</summary>
    /// <param name="inputs">Rows of inputs, as they were in the forward pass.</param>
    /// <param name="stride">Floats from a row of inputs to the next.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="rule">The step.</param>
    /// <param name="prefetcher">Advances with every tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step(float* inputs, nint stride, int rows, StepRule rule, ref RowPrefetcher prefetcher)
    {
        for (var p = Panels.All.Length - 1; p >= 0; p--) StepPanel(Panels.All[p], inputs, stride, rows, rule, ref prefetcher);
        Transpose();
    }

    public virtual void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
        _hidden.Dispose();
        _gradient.Dispose();
        _gradientTile.Dispose();
        _zeros.Dispose();
        _lastVectorMask.Dispose();
        _transposed?.Dispose();
        _gradientRows?.Dispose();
    }

    /// <summary>Hidden values of one panel: <c>activation(x W + b)</c>.</summary>
    /// <param name="group">Group of the panel.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="inputs">Rows of inputs.</param>
    /// <param name="stride">Floats from a row of inputs to the next.</param>
    /// <param name="rows">A multiple of a tile's rows.</param>
    /// <param name="prefetcher">Advances with every tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected void Activate(PanelGroup group, Panel panel, float* inputs, nint stride, int rows, ref RowPrefetcher prefetcher)
    {
        float* h = Hidden(group, panel), w = _weights.Weights(panel), b = _bias.Weights(panel);
        for (var block = 0; block < rows; block += BlockRows)
        {
            var end = Math.Min(block + BlockRows, rows);
            for (nint row = block; row < end; row += TileRows)
            {
                prefetcher.Advance();
                MatrixKernels<TSimd, TVector>.Tile(
                    inputs + (row * stride), stride, 1, w, panel.Vectors, _inputs, b, h + (row * panel.Width));
            }

            HiddenLayerKernels<TSimd, TVector>.Activate(
                _activation, h + ((nint)block * panel.Width), (nint)(end - block) * panel.Width);
        }

        if (panel.Start + panel.Width > Panels.Units)
            HiddenLayerKernels<TSimd, TVector>.MaskLastVector(h, rows, panel.Width, _lastVectorMask.Pointer);
    }

    /// <summary>
    /// The gradients of one panel by its sums, from those of the layer above, <c>(a weights) slope</c>, and the step of its
    /// biases.
    /// </summary>
    /// <param name="group">Group of the panel.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="a">Gradients by the sums of the layer above, rows x <paramref name="depth"/>.</param>
    /// <param name="rowStride">Floats from a row of them to the next.</param>
    /// <param name="depthStride">Floats from a sum to the next.</param>
    /// <param name="weights">The panel of the weights into that layer, transposed: depth x width.</param>
    /// <param name="depth">Sums of that layer.</param>
    /// <param name="rows">Rows of the batch; zeros follow up to a whole tile.</param>
    /// <param name="rule">The step.</param>
    /// <param name="dropout">What the forward pass left out; null for nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected void Differentiate(
        PanelGroup group, Panel panel, float* a, nint rowStride, nint depthStride, float* weights, int depth, int rows, StepRule rule,
        Dropout? dropout)
    {
        float* h = Hidden(group, panel), g = Gradient(panel), columnSums = _gradientTile.Pointer;
        new Span<float>(columnSums, panel.Width).Clear();
        for (var block = 0; block < rows; block += BlockRows)
        {
            var end = Math.Min(block + BlockRows, (rows + TileRows - 1) / TileRows * TileRows);
            for (nint row = block; row < end; row += TileRows)
            {
                MatrixKernels<TSimd, TVector>.Tile(
                    a + (row * rowStride), rowStride, depthStride, weights, panel.Vectors, depth, _zeros.Pointer, g + (row * panel.Width));
            }

            var start = (nint)block * panel.Width;
            dropout?.Apply(_number, block, panel.Start, g + start, end - block, panel.Width, g + start, panel.Width);
            HiddenLayerKernels<TSimd, TVector>.Differentiate(_activation, g + start, h + start, end - block, panel.Width, columnSums);
            if (_gradientRows is not null)
            {
                var rowsOfBlock = GradientRows + ((nint)block * Panels.PaddedUnits) + panel.Start;
                HiddenLayerKernels<TSimd, TVector>.CopyRows(g + start, end - block, panel.Width, rowsOfBlock, Panels.PaddedUnits);
            }
        }

        StepKernel<TSimd, TVector>.Update(
            rule, columnSums, _bias.Weights(panel), _bias.Mean(panel), _bias.Variance(panel), panel.Width);
    }

    /// <summary>One step for the weights into one panel, whose gradients are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void StepPanel(Panel panel, float* inputs, nint stride, int rows, StepRule rule, ref RowPrefetcher prefetcher) =>
        Update(_weights, panel, inputs, 1, stride, Gradient(panel), _inputs, rows, rule, ref prefetcher);

    /// <summary>A step of parameters whose gradient is the product of a, depth first, and the factor, over the rows of the batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected void Update(
        ParameterPanels parameters,
        Panel panel,
        float* a,
        nint rowStride,
        nint depthStride,
        float* factor,
        int count,
        int rows,
        StepRule rule,
        ref RowPrefetcher prefetcher)
    {
        float* weights = parameters.Weights(panel), mean = parameters.Mean(panel), variance = parameters.Variance(panel);
        var tile = TileRows * panel.Width;
        for (nint row = 0; row < count; row += TileRows, weights += tile, mean += tile, variance += tile)
        {
            PrefetchParameters(weights, mean, variance, tile);
            prefetcher.Advance();
            MatrixKernels<TSimd, TVector>.Tile(
                a + (row * rowStride), rowStride, depthStride, factor, panel.Vectors, rows, _zeros.Pointer, _gradientTile.Pointer);
            if (rule.Decay != 0) AdamKernel<TSimd, TVector>.Shrink(weights, tile, rule.Decay);
            StepKernel<TSimd, TVector>.Update(rule, _gradientTile.Pointer, weights, mean, variance, tile);
        }
    }

    /// <summary>The hidden values of a panel, rows x width. A network that only scores keeps those of no more than a group.</summary>
    protected float* Hidden(PanelGroup group, Panel panel) =>
        _hidden.Pointer + ((nint)Capacity * (panel.Start - (_trained ? 0 : Panels.All[group.First].Start)));

    /// <summary>The gradients by the layer's sums, rows x padded units, where a hidden layer is below.</summary>
    protected internal float* GradientRows => _gradientRows!.Pointer;

    /// <summary>The weights into the layer, transposed: units x a panel of the layer below.</summary>
    protected internal float* WeightsOf(Panel below) => _transposed!.Panel(below);

    private float* Gradient(Panel panel) => _gradient.Pointer + (IsFirst ? 0 : (nint)Capacity * panel.Start);

    private void Transpose()
    {
        if (_transposed is null) return;
        foreach (var panel in Panels.All) _transposed.Take(panel, _weights.Weights(panel));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchParameters(float* weights, float* mean, float* variance, nint count)
    {
        if (!Sse.IsSupported) return;
        for (nint i = 0; i < count; i += 16)
        {
            Sse.Prefetch0(weights + i);
            Sse.Prefetch0(mean + i);
            Sse.Prefetch0(variance + i);
        }
    }
}
