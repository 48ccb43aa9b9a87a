using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// The outputs of a batch and what follows from them: probabilities, loss, hits and the loss's gradient.
/// Held class by class (classes x rows), so that vectors run along the rows.
/// </summary>
internal sealed unsafe class OutputLayer<TSimd, TVector> : IDisposable
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const double MuchBelowInfinity = 1e250;

    private readonly int classes;
    private readonly int evenClasses;
    private readonly Panels biasPanels;
    private readonly ParameterPanels bias;
    private readonly AlignedFloats biasGradient;
    private readonly AlignedFloats laneSums;
    private readonly AlignedFloats outputs;
    private readonly AlignedFloats largest;
    private readonly AlignedFloats winners;
    private readonly AlignedFloats gaps;
    private readonly AlignedFloats sums;
    private readonly AlignedFloats rowNumbers;

    /// <param name="initialBias">b2, one float a class.</param>
    /// <param name="classRoom">Classes that there is room for, a multiple of a tile's rows.</param>
    /// <param name="capacity">Rows that there is room for, a multiple of the lanes.</param>
    /// <param name="trained">Whether the bias takes steps of Adam.</param>
    public OutputLayer(float[] initialBias, int classRoom, int capacity, bool trained)
    {
        classes = initialBias.Length;
        evenClasses = (classes + 1) / 2 * 2;
        Stride = capacity;
        biasPanels = new Panels(classes, TSimd.Lanes, widest: 1);
        bias = new ParameterPanels(biasPanels, initialBias, 1, 1, trained);
        biasGradient = new AlignedFloats(biasPanels.PaddedUnits);
        laneSums = new AlignedFloats((long)capacity * evenClasses * TSimd.Lanes);
        outputs = new AlignedFloats((long)capacity * classRoom);
        largest = new AlignedFloats(capacity);
        winners = new AlignedFloats(capacity);
        gaps = new AlignedFloats(capacity);
        sums = new AlignedFloats(capacity);
        rowNumbers = new AlignedFloats(capacity);
        for (var i = 0; i < capacity; i++) rowNumbers.Pointer[i] = i;
    }

    /// <summary>Floats from a class to the next in <see cref="Values"/>.</summary>
    public nint Stride { get; }

    /// <summary>
    /// A vector for each [class, row of the block], whose lanes add up to an output. A block has as many rows as a
    /// vector lanes.
    /// </summary>
    public float* LaneSums(int firstRow) => laneSums.Pointer + ((nint)firstRow * evenClasses * TSimd.Lanes);

    /// <summary>classes x rows: outputs first, then probabilities or gradients in their place.</summary>
    public float* Values => outputs.Pointer;

    /// <summary>Turns a block of <see cref="LaneSums"/> into outputs.</summary>
    public void Collect(float* sums, int firstRow) =>
        SoftmaxKernel<TSimd, TVector>.AddLanes(sums, bias.Weights(default), classes, Values + firstRow, Stride);

    /// <summary>Turns outputs into probabilities times <paramref name="scale"/>.</summary>
    public void Normalize(int rows, float scale)
    {
        SoftmaxKernel<TSimd, TVector>.FindLargest(Values, Stride, classes, rows, largest.Pointer, winners.Pointer);
        SoftmaxKernel<TSimd, TVector>.Normalize(
            Values, Stride, classes, rows, largest.Pointer, rowNumbers.Pointer, scale, sums.Pointer);
    }

    /// <summary>
    /// Scores the outputs. They become probabilities times <paramref name="scale"/>, or, where asked for, the
    /// gradient <c>scale (p - y)</c> of <c>scale</c> times the summed loss.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BatchScore Score(int* labels, int rows, float scale, bool gradient)
    {
        SoftmaxKernel<TSimd, TVector>.FindLargest(Values, Stride, classes, rows, largest.Pointer, winners.Pointer);
        float* values = Values, top = largest.Pointer, gap = gaps.Pointer;
        for (nint row = 0; row < rows; row++) gap[row] = top[row] - values[(labels[row] * Stride) + row];
        SoftmaxKernel<TSimd, TVector>.Normalize(
            Values, Stride, classes, rows, largest.Pointer, rowNumbers.Pointer, scale, sums.Pointer);

        // The loss as log(sum of e^(output - largest)) plus the gap to the largest keeps the digits of small losses, which log(p) would lose.
        // The logarithm of a product takes the place of many logarithms.
        float* sum = sums.Pointer, winner = winners.Pointer;
        double loss = 0, product = 1;
        var correct = 0;
        for (nint row = 0; row < rows; row++)
        {
            loss += gap[row];
            product *= sum[row];
            if (product > MuchBelowInfinity)
            {
                loss += Math.Log(product);
                product = 1;
            }

            correct += winner[row] == labels[row] ? 1 : 0;
            if (gradient) values[(labels[row] * Stride) + row] -= scale;
        }

        return new BatchScore(loss + Math.Log(product), correct);
    }

    /// <summary>One step of Adam for the bias, whose gradient is the sum of each class's values over the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void UpdateBias(int rows, float step)
    {
        for (var c = 0; c < classes; c++)
        {
            var sum = TSimd.Create(0f);
            for (nint row = 0; row < rows; row += TSimd.Lanes)
                sum = TSimd.Add(sum, TSimd.Load(Values + (c * Stride) + row));
            biasGradient.Pointer[c] = TSimd.Sum(sum);
        }

        var whole = new Panel(0, 1, biasPanels.PaddedUnits);
        AdamKernel<TSimd, TVector>.Update(
            biasGradient.Pointer, bias.Weights(whole), bias.Mean(whole), bias.Variance(whole), whole.Width, step);
    }

    /// <summary>A copy of the bias or of one of its moments.</summary>
    public float[] BiasToArray(Quantity quantity) => bias.ToArray(quantity);

    /// <summary>The reverse of <see cref="BiasToArray"/>.</summary>
    public void LoadBias(float[] values, Quantity quantity) => bias.Load(values, quantity);

    /// <summary>Copies <see cref="Values"/> row by row (rows x classes).</summary>
    public void CopyTo(Span<float> rowsByClasses)
    {
        for (var i = 0; i < rowsByClasses.Length; i++) rowsByClasses[i] = Values[(i % classes * Stride) + (i / classes)];
    }

    public void Dispose()
    {
        bias.Dispose();
        biasGradient.Dispose();
        laneSums.Dispose();
        outputs.Dispose();
        largest.Dispose();
        winners.Dispose();
        gaps.Dispose();
        sums.Dispose();
        rowNumbers.Dispose();
    }
}
