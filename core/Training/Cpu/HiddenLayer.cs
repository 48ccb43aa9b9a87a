using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// The hidden layer and the weights on both sides of it, in panels along the hidden units: W1 (features x hidden),
/// b1 (1 x hidden) and W2 transposed (classes x hidden). A tile of gradients goes from the registers straight into its
/// Adam step.
/// </summary>
internal sealed unsafe class HiddenLayer<TSimd, TVector> : IDisposable
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int TileRows = MatrixKernels<TSimd, TVector>.TileRows;

    // Rows that pass from one kernel to the next while they are in the first-level cache.
    private const int BlockRows = 16;

    private readonly int _features;
    private readonly int _classes;
    private readonly int _classRoom;
    private readonly nint _capacity;
    private readonly bool _trained;
    private readonly Activation _activation;
    private readonly ParameterPanels _inputWeights;
    private readonly ParameterPanels _bias;
    private readonly ParameterPanels _outputWeights;
    private readonly AlignedFloats _hidden;
    private readonly AlignedFloats _gradient;
    private readonly AlignedFloats _gradientTile;
    private readonly AlignedFloats _zeros;
    private readonly AlignedFloats _lastVectorMask;

    /// <param name="weights">Initial weights.</param>
    /// <param name="featureRoom">Features rounded up to a multiple of a tile's rows.</param>
    /// <param name="classRoom">Classes rounded up to a multiple of a tile's rows.</param>
    /// <param name="capacity">Rows of the largest batch, a multiple of the lanes.</param>
    /// <param name="trained">Whether there are steps to be taken.</param>
    public HiddenLayer(NetworkWeights weights, int featureRoom, int classRoom, int capacity, bool trained)
    {
        _features = weights.Features;
        _classes = weights.Classes;
        _classRoom = classRoom;
        _capacity = capacity;
        _trained = trained;
        _activation = weights.Activation;
        Panels = new Panels(weights.HiddenUnits, TSimd.Lanes, TSimd.PanelVectors);
        _inputWeights = new ParameterPanels(Panels, weights.W1, _features, featureRoom, trained);
        _bias = new ParameterPanels(Panels, weights.B1, 1, 1, trained);
        _outputWeights = new ParameterPanels(Panels, Transpose(weights.W2, _classes), _classes, classRoom, trained);
        var widest = Panels.All[0].Width;
        _hidden = new AlignedFloats((long)capacity * (trained ? Panels.PaddedUnits : widest * Panels.Groups[0].Count));
        _gradient = new AlignedFloats((long)capacity * widest);
        _gradientTile = new AlignedFloats(TileRows * widest);
        _zeros = new AlignedFloats(widest);
        _lastVectorMask = new AlignedFloats(TSimd.Lanes);
        for (var unit = Panels.PaddedUnits - TSimd.Lanes; unit < Panels.Units; unit++)
            _lastVectorMask.Pointer[unit - Panels.PaddedUnits + TSimd.Lanes] = 1f;
    }

    public Panels Panels { get; }

    /// <summary>Share that the weights on both sides, not the bias, lose before each step.</summary>
    public float Decay { get; set; }

    /// <summary>Hidden values of one panel: <c>activation(x W1 + b1)</c>.</summary>
    /// <param name="group">Group of the panel.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="inputs">Rows of inputs.</param>
    /// <param name="stride">Floats from a row of inputs to the next.</param>
    /// <param name="rows">A multiple of a tile's rows.</param>
    /// <param name="prefetcher">Advances with every tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(PanelGroup group, Panel panel, float* inputs, nint stride, int rows, ref RowPrefetcher prefetcher)
    {
        float* h = Hidden(group, panel), w = _inputWeights.Weights(panel), b = _bias.Weights(panel);
        for (var block = 0; block < rows; block += BlockRows)
        {
            var end = Math.Min(block + BlockRows, rows);
            for (nint row = block; row < end; row += TileRows)
            {
                prefetcher.Advance();
                MatrixKernels<TSimd, TVector>.Tile(
                    inputs + (row * stride), stride, 1, w, panel.Vectors, _features, b, h + (row * panel.Width));
            }

            HiddenLayerKernels<TSimd, TVector>.Activate(
                _activation, h + ((nint)block * panel.Width), (nint)(end - block) * panel.Width);
        }

        if (panel.Start + panel.Width > Panels.Units)
            HiddenLayerKernels<TSimd, TVector>.MaskLastVector(h, rows, panel.Width, _lastVectorMask.Pointer);
    }

    /// <summary>
    /// Adds a group's share to the outputs, block by block, so that after the last group the sums of a block are
    /// still at hand when its lanes are added up.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Project(PanelGroup group, int rows, OutputLayer<TSimd, TVector> output, bool first, bool last)
    {
        var panel = Panels.All[group.First];
        float* h = Hidden(group, panel), w = _outputWeights.Weights(panel);
        for (var block = 0; block < rows; block += TSimd.Lanes)
        {
            var sums = output.LaneSums(first && last ? 0 : block);
            HiddenLayerKernels<TSimd, TVector>.Project(
                h + ((nint)block * panel.Width), _capacity * panel.Width, w, (nint)_classRoom * panel.Width, group.Count,
                Math.Min(TSimd.Lanes, rows - block), (_classes + 1) / 2 * 2, panel.Width, sums, first);
            if (last) output.Collect(sums, block);
        }
    }

    /// <summary>One step for the parameters of a panel, whose hidden values are those of the batch.</summary>
    /// <param name="group">Group of the panel.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="output">Holds the gradient of the loss by the outputs, with zeros after the last row.</param>
    /// <param name="step">Size of Adam's step.</param>
    /// <param name="prefetcher">Advances with every tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(
        PanelGroup group, Panel panel, Batch batch, int rows, OutputLayer<TSimd, TVector> output, float step, ref RowPrefetcher prefetcher)
    {
        float* h = Hidden(group, panel), g = _gradient.Pointer, columnSums = _gradientTile.Pointer;
        new Span<float>(columnSums, panel.Width).Clear();
        for (var block = 0; block < rows; block += BlockRows)
        {
            var end = Math.Min(block + BlockRows, (rows + TileRows - 1) / TileRows * TileRows);
            for (nint row = block; row < end; row += TileRows)
            {
                MatrixKernels<TSimd, TVector>.Tile(
                    output.Values + row, 1, output.Stride,
                    _outputWeights.Weights(panel), panel.Vectors, _classes, _zeros.Pointer, g + (row * panel.Width));
            }

            var start = (nint)block * panel.Width;
            HiddenLayerKernels<TSimd, TVector>.Differentiate(
                _activation, g + start, h + start, end - block, panel.Width, columnSums);
        }

        AdamKernel<TSimd, TVector>.Update(
            columnSums, _bias.Weights(panel), _bias.Mean(panel), _bias.Variance(panel), panel.Width, step);
        Update(_outputWeights, panel, output.Values, output.Stride, 1, h, _classes, rows, step, ref prefetcher);
        Update(_inputWeights, panel, batch.Inputs, 1, batch.Stride, g, _features, rows, step, ref prefetcher);
    }

    /// <summary>A copy of the weights or their moments, with those of the output layer's bias.</summary>
    public NetworkWeights Copy(Quantity quantity, float[] outputBias) => new(
        _features,
        Panels.Units,
        _classes,
        _inputWeights.ToArray(quantity),
        _bias.ToArray(quantity),
        Transpose(_outputWeights.ToArray(quantity), Panels.Units),
        outputBias)
    {
        Activation = _activation,
    };

    /// <summary>The reverse of <see cref="Copy"/>.</summary>
    public void Load(NetworkWeights values, Quantity quantity)
    {
        _inputWeights.Load(values.W1, quantity);
        _bias.Load(values.B1, quantity);
        _outputWeights.Load(Transpose(values.W2, _classes), quantity);
    }

    public void Dispose()
    {
        _inputWeights.Dispose();
        _bias.Dispose();
        _outputWeights.Dispose();
        _hidden.Dispose();
        _gradient.Dispose();
        _gradientTile.Dispose();
        _zeros.Dispose();
        _lastVectorMask.Dispose();
    }

    private static float[] Transpose(float[] matrix, int columns)
    {
        var rows = matrix.Length / columns;
        var transposed = new float[matrix.Length];
        for (var i = 0; i < matrix.Length; i++) transposed[(i % columns * rows) + (i / columns)] = matrix[i];
        return transposed;
    }

    // The gradient is the product of a, depth first, and the factor, over the rows of the batch.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(
        ParameterPanels parameters,
        Panel panel,
        float* a,
        nint rowStride,
        nint depthStride,
        float* factor,
        int count,
        int rows,
        float step,
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
            if (Decay != 0) AdamKernel<TSimd, TVector>.Shrink(weights, tile, Decay);
            AdamKernel<TSimd, TVector>.Update(_gradientTile.Pointer, weights, mean, variance, tile, step);
        }
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

    // A network that only scores keeps the hidden values of no more than a group.
    private float* Hidden(PanelGroup group, Panel panel) =>
        _hidden.Pointer + (_capacity * (panel.Start - (_trained ? 0 : Panels.All[group.First].Start)));
}
