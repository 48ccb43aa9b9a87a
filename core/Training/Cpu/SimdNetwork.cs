using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using MusicPipeline.Datasets;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// The network in vectors along the hidden units. W1 (features x hidden), b1 (1 x hidden) and W2 transposed
/// (classes x hidden) are held in panels: forward and backward work panel by panel, so that what they touch stays
/// in the caches, and a tile of gradients goes from the registers straight into its Adam step.
/// </summary>
internal sealed unsafe class SimdNetwork<TSimd, TVector> : CpuNetwork
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int TileRows = MatrixKernels<TSimd, TVector>.TileRows;

    // Rows that pass from one kernel to the next while they are in the first-level cache.
    private const int BlockRows = 16;

    // Panels that are projected on the outputs together, which saves traffic of partial sums.
    private const int GroupPanels = 4;

    private readonly int features;
    private readonly int classes;
    private readonly int classRoom;
    private readonly int capacity;
    private readonly int stride;
    private readonly Panels panels;
    private readonly Panels outputPanels;
    private readonly ParameterPanels inputWeights;
    private readonly ParameterPanels hiddenBias;
    private readonly ParameterPanels outputWeights;
    private readonly ParameterPanels outputBias;
    private readonly OutputLayer<TSimd, TVector> output;
    private readonly AlignedFloats inputs;
    private readonly AlignedFloats hidden;
    private readonly AlignedFloats hiddenGradient;
    private readonly AlignedFloats gradientTile;
    private readonly AlignedFloats zeros;
    private readonly int[] labels;
    private Adam adam;
    private float* allInputs;
    private int* next;
    private int nextRow;
    private int nextRows;

    public SimdNetwork(NetworkWeights weights, int batchRows, double? learningRate)
    {
        var trained = learningRate is not null;
        features = weights.Features;
        classes = weights.Classes;
        classRoom = RoundUp(classes, TileRows);
        capacity = RoundUp(batchRows, Math.Max(TSimd.Lanes, TileRows));
        stride = RoundUp(features, TileRows);
        adam = new Adam(learningRate ?? 0);
        panels = new Panels(weights.HiddenUnits, TSimd.Lanes, TSimd.PanelVectors);
        outputPanels = new Panels(classes, TSimd.Lanes, widest: 1);
        inputWeights = new ParameterPanels(panels, weights.W1, features, stride, trained);
        hiddenBias = new ParameterPanels(panels, weights.B1, 1, 1, trained);
        outputWeights = new ParameterPanels(panels, Transpose(weights.W2, classes), classes, classRoom, trained);
        outputBias = new ParameterPanels(outputPanels, weights.B2, 1, 1, trained);
        output = new OutputLayer<TSimd, TVector>(classes, classRoom, capacity);

        var panelUnits = TSimd.Lanes * TSimd.PanelVectors;
        inputs = new AlignedFloats((long)capacity * stride);
        hidden = new AlignedFloats((long)capacity * (trained ? panels.PaddedUnits : Math.Min(panels.PaddedUnits, GroupPanels * panelUnits)));
        hiddenGradient = new AlignedFloats((long)capacity * panelUnits);
        gradientTile = new AlignedFloats(Math.Max(TileRows * panelUnits, outputPanels.PaddedUnits));
        zeros = new AlignedFloats(panelUnits);
        labels = new int[capacity];
    }

    public override BatchScore Step(LabelledRows data, ReadOnlySpan<int> rows, ReadOnlySpan<int> nextBatch)
    {
        Gather(data, rows);
        fixed (float* all = data.Features)
        fixed (int* classOfRow = labels, upcoming = nextBatch)
        {
            allInputs = all;
            next = upcoming;
            nextRow = 0;
            nextRows = nextBatch.Length;
            Forward(inputs.Pointer, stride, rows.Length, keepHidden: true);
            var score = output.Score(classOfRow, rows.Length, 1f / rows.Length, gradient: true);
            if (double.IsFinite(score.LossSum)) Update(rows.Length, adam.NextStep());
            nextRows = 0;
            return score;
        }
    }

    public override BatchScore Score(LabelledRows data)
    {
        var score = default(BatchScore);
        fixed (float* all = data.Features)
        fixed (int* labelsOfAll = data.Labels)
        {
            for (var row = 0; row < data.Rows; row += capacity)
            {
                var rows = Math.Min(capacity, data.Rows - row);
                ForwardInPlace(all + ((nint)row * features), rows);
                score += output.Score(labelsOfAll + row, rows, 1f, gradient: false);
            }
        }

        return score;
    }

    public override void Predict(ReadOnlySpan<float> rowsByFeatures, Span<float> probabilities)
    {
        var total = rowsByFeatures.Length / features;
        fixed (float* all = rowsByFeatures)
        {
            for (var row = 0; row < total; row += capacity)
            {
                var rows = Math.Min(capacity, total - row);
                ForwardInPlace(all + ((nint)row * features), rows);
                output.Normalize(rows, 1f);
                output.CopyTo(probabilities.Slice(row * classes, rows * classes));
            }
        }
    }

    public override NetworkWeights ToWeights() => new(
        features,
        panels.Units,
        classes,
        inputWeights.ToArray(),
        hiddenBias.ToArray(),
        Transpose(outputWeights.ToArray(), panels.Units),
        outputBias.ToArray());

    public override void Dispose()
    {
        inputWeights.Dispose();
        hiddenBias.Dispose();
        outputWeights.Dispose();
        outputBias.Dispose();
        output.Dispose();
        inputs.Dispose();
        hidden.Dispose();
        hiddenGradient.Dispose();
        gradientTile.Dispose();
        zeros.Dispose();
    }

    private static int RoundUp(int value, int multiple) => checked(value + multiple - 1) / multiple * multiple;

    private static float[] Transpose(float[] matrix, int columns)
    {
        var rows = matrix.Length / columns;
        var transposed = new float[matrix.Length];
        for (var i = 0; i < matrix.Length; i++) transposed[(i % columns * rows) + (i / columns)] = matrix[i];
        return transposed;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(LabelledRows data, ReadOnlySpan<int> rows)
    {
        var target = inputs.Pointer;
        for (var i = 0; i < rows.Length; i++, target += stride)
        {
            data.Row(rows[i]).CopyTo(new Span<float>(target, features));
            labels[i] = data.Labels[rows[i]];
        }
    }

    // Rows come in random order from memory that no cache near holds. The next batch's are asked for, a few with each
    // tile, while this batch is computed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PrefetchNextRows()
    {
        if (!Sse.IsSupported) return;
        for (var end = Math.Min(nextRow + 2, nextRows); nextRow < end; nextRow++)
        {
            var row = allInputs + ((nint)next[nextRow] * features);
            for (var f = 0; f < features; f += 16) Sse.Prefetch1(row + f);
        }
    }

    // Tiles read whole groups of rows, so rows are read where they are only if that does not pass their end.
    private void ForwardInPlace(float* source, int rows)
    {
        if (rows % TileRows == 0)
        {
            Forward(source, features, rows, keepHidden: false);
            return;
        }

        for (nint i = 0; i < rows; i++)
        {
            new ReadOnlySpan<float>(source + (i * features), features)
                .CopyTo(new Span<float>(inputs.Pointer + (i * stride), features));
        }

        Forward(inputs.Pointer, stride, rows, keepHidden: false);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(float* rowsOfInputs, nint inputStride, int rows, bool keepHidden)
    {
        var tiledRows = RoundUp(rows, TileRows);
        var all = panels.All;
        for (int first = 0, count = 0; first < all.Length; first += count)
        {
            var group = all[first];
            var h = hidden.Pointer + (keepHidden ? (nint)capacity * group.Start : 0);
            for (count = 0; count < GroupPanels && first + count < all.Length && all[first + count].Width == group.Width; count++)
                ForwardPanel(rowsOfInputs, inputStride, tiledRows, all[first + count], h + (count * (nint)capacity * group.Width));
            Project(h, group, count, tiledRows);
        }
    }

    // Block by block, so that after the last group the sums of a block are still at hand when its lanes are added up.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Project(float* h, Panels.Panel group, int count, int tiledRows)
    {
        var first = group.Start == 0;
        var last = group.Start + (count * group.Width) == panels.PaddedUnits;
        for (var block = 0; block < tiledRows; block += TSimd.Lanes)
        {
            var sums = output.LaneSums(first && last ? 0 : block);
            HiddenLayerKernels<TSimd, TVector>.Project(
                h + ((nint)block * group.Width), (nint)capacity * group.Width,
                outputWeights.Weights(group), (nint)classRoom * group.Width,
                count, Math.Min(TSimd.Lanes, tiledRows - block), RoundUp(classes, 2), group.Width, sums, first);
            if (last) output.Collect(sums, block, outputBias.Weights(outputPanels.All[0]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardPanel(float* rowsOfInputs, nint inputStride, int tiledRows, Panels.Panel panel, float* h)
    {
        float* weights = inputWeights.Weights(panel), bias = hiddenBias.Weights(panel);
        for (var block = 0; block < tiledRows; block += BlockRows)
        {
            var end = Math.Min(block + BlockRows, tiledRows);
            for (nint row = block; row < end; row += TileRows)
            {
                PrefetchNextRows();
                MatrixKernels<TSimd, TVector>.Tile(
                    rowsOfInputs + (row * inputStride), inputStride, 1,
                    weights, panel.Vectors, features, bias, h + (row * panel.Width));
            }

            HiddenLayerKernels<TSimd, TVector>.Activate(h + ((nint)block * panel.Width), (nint)(end - block) * panel.Width);
        }

        var used = panels.Units - panel.Start;
        if (used < panel.Width) HiddenLayerKernels<TSimd, TVector>.ClearPadding(h, tiledRows, panel.Width, used);
    }

    // From the last panel to the first: the panels that the forward pass touched last are still in the cache.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(int rows, float step)
    {
        var tiledRows = RoundUp(rows, TileRows);
        for (var p = panels.All.Length - 1; p >= 0; p--)
        {
            var panel = panels.All[p];
            float* h = HiddenOf(panel), gradient = hiddenGradient.Pointer;
            Backward(tiledRows, panel, h, gradient);
            AdamKernel<TSimd, TVector>.Update(
                gradientTile.Pointer, hiddenBias.Weights(panel), hiddenBias.Mean(panel), hiddenBias.Variance(panel), panel.Width, step);
            UpdateWeights(outputWeights, panel, output.Values, output.Stride, 1, h, classes, rows, step);
            UpdateWeights(inputWeights, panel, inputs.Pointer, 1, stride, gradient, features, rows, step);
        }

        output.SumRows(rows, gradientTile.Pointer);
        foreach (var panel in outputPanels.All)
        {
            AdamKernel<TSimd, TVector>.Update(
                gradientTile.Pointer + panel.Start, outputBias.Weights(panel), outputBias.Mean(panel), outputBias.Variance(panel), panel.Width, step);
        }
    }

    // The loss's gradient by the panel's sums before the sigmoid, and its column sums for the bias.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int tiledRows, Panels.Panel panel, float* h, float* gradient)
    {
        new Span<float>(gradientTile.Pointer, panel.Width).Clear();
        for (var block = 0; block < tiledRows; block += BlockRows)
        {
            var end = Math.Min(block + BlockRows, tiledRows);
            for (nint row = block; row < end; row += TileRows)
            {
                MatrixKernels<TSimd, TVector>.Tile(
                    output.Values + row, 1, output.Stride,
                    outputWeights.Weights(panel), panel.Vectors, classes, zeros.Pointer, gradient + (row * panel.Width));
            }

            var start = (nint)block * panel.Width;
            HiddenLayerKernels<TSimd, TVector>.Differentiate(
                gradient + start, h + start, end - block, panel.Width, gradientTile.Pointer);
        }
    }

    // The gradient is the product of a (transposed) and the panel, over the rows of the batch.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateWeights(
        ParameterPanels parameters, Panels.Panel panel, float* a, nint rowStride, nint depthStride, float* factor, int count, int rows, float step)
    {
        float* weights = parameters.Weights(panel), mean = parameters.Mean(panel), variance = parameters.Variance(panel);
        var tile = TileRows * panel.Width;
        for (nint row = 0; row < count; row += TileRows, weights += tile, mean += tile, variance += tile)
        {
            Prefetch(weights, mean, variance, tile);
            PrefetchNextRows();
            MatrixKernels<TSimd, TVector>.Tile(
                a + (row * rowStride), rowStride, depthStride, factor, panel.Vectors, rows, zeros.Pointer, gradientTile.Pointer);
            AdamKernel<TSimd, TVector>.Update(gradientTile.Pointer, weights, mean, variance, tile, step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* weights, float* mean, float* variance, nint count)
    {
        if (!Sse.IsSupported) return;
        for (nint i = 0; i < count; i += 16)
        {
            Sse.Prefetch0(weights + i);
            Sse.Prefetch0(mean + i);
            Sse.Prefetch0(variance + i);
        }
    }

    private float* HiddenOf(Panels.Panel panel) => hidden.Pointer + ((nint)capacity * panel.Start);
}
