namespace MusicPipeline.Training.Cpu;

/// <summary>
/// The outputs of a batch and what follows from them: probabilities, loss, hits and the loss's gradient.
/// Held class by class (classes x rows), so that vectors run along the rows.
/// </summary>
internal sealed unsafe class OutputLayer<TSimd, TVector> : IDisposable
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly int classes;
    private readonly int classRoom;
    private readonly AlignedFloats laneSums;
    private readonly AlignedFloats outputs;
    private readonly AlignedFloats largest;
    private readonly AlignedFloats winners;
    private readonly AlignedFloats gaps;
    private readonly AlignedFloats logSums;
    private readonly AlignedFloats rowNumbers;

    /// <param name="classes">Number of classes.</param>
    /// <param name="classRoom">Classes that there is room for, a multiple of a tile's rows.</param>
    /// <param name="capacity">Rows that there is room for, a multiple of the lanes.</param>
    public OutputLayer(int classes, int classRoom, int capacity)
    {
        this.classes = classes;
        this.classRoom = classRoom;
        Stride = capacity;
        laneSums = new AlignedFloats((long)capacity * classRoom * TSimd.Lanes);
        outputs = new AlignedFloats((long)capacity * classRoom);
        largest = new AlignedFloats(capacity);
        winners = new AlignedFloats(capacity);
        gaps = new AlignedFloats(capacity);
        logSums = new AlignedFloats(capacity);
        rowNumbers = new AlignedFloats(capacity);
        for (var i = 0; i < capacity; i++) rowNumbers.Pointer[i] = i;
    }

    /// <summary>Floats from a class to the next in <see cref="Values"/>.</summary>
    public nint Stride { get; }

    /// <summary>A vector for each [block of rows, class, row of the block], whose lanes add up to an output.</summary>
    public float* LaneSums => laneSums.Pointer;

    /// <summary>classes x rows: outputs first, then probabilities or gradients in their place.</summary>
    public float* Values => outputs.Pointer;

    /// <summary>Turns <see cref="LaneSums"/> into outputs.</summary>
    public void Collect(int rows, float* bias) =>
        SoftmaxKernel<TSimd, TVector>.AddLanes(laneSums.Pointer, classRoom, bias, classes, rows, Values, Stride);

    /// <summary>Turns outputs into probabilities times <paramref name="scale"/>.</summary>
    public void Normalize(int rows, float scale)
    {
        SoftmaxKernel<TSimd, TVector>.FindLargest(Values, Stride, classes, rows, largest.Pointer, winners.Pointer);
        SoftmaxKernel<TSimd, TVector>.Normalize(
            Values, Stride, classes, rows, largest.Pointer, rowNumbers.Pointer, scale, logSums.Pointer);
    }

    /// <summary>
    /// Scores the outputs. They become probabilities times <paramref name="scale"/>, or, where asked for, the
    /// gradient <c>scale (p - y)</c> of <c>scale</c> times the summed loss.
    /// </summary>
    public BatchScore Score(int* labels, int rows, float scale, bool gradient)
    {
        SoftmaxKernel<TSimd, TVector>.FindLargest(Values, Stride, classes, rows, largest.Pointer, winners.Pointer);
        float* values = Values, top = largest.Pointer, gap = gaps.Pointer;
        for (nint row = 0; row < rows; row++) gap[row] = top[row] - values[(labels[row] * Stride) + row];
        SoftmaxKernel<TSimd, TVector>.Normalize(
            Values, Stride, classes, rows, largest.Pointer, rowNumbers.Pointer, scale, logSums.Pointer);

        // The loss as log(sum) plus the gap keeps the digits of small losses, which log(p) would lose.
        float* logs = logSums.Pointer, winner = winners.Pointer;
        double loss = 0;
        var correct = 0;
        for (nint row = 0; row < rows; row++)
        {
            loss += logs[row] + (double)gap[row];
            correct += winner[row] == labels[row] ? 1 : 0;
            if (gradient) values[(labels[row] * Stride) + row] -= scale;
        }

        return new BatchScore(loss, correct);
    }

    /// <summary>Sums each class's values over the rows.</summary>
    public void SumRows(int rows, float* sums)
    {
        for (var c = 0; c < classes; c++)
        {
            var sum = TSimd.Create(0f);
            for (nint row = 0; row < rows; row += TSimd.Lanes)
                sum = TSimd.Add(sum, TSimd.Load(Values + (c * Stride) + row));
            sums[c] = TSimd.Sum(sum);
        }
    }

    /// <summary>Copies <see cref="Values"/> row by row (rows x classes).</summary>
    public void CopyTo(Span<float> rowsByClasses)
    {
        for (var i = 0; i < rowsByClasses.Length; i++) rowsByClasses[i] = Values[(i % classes * Stride) + (i / classes)];
    }

    public void Dispose()
    {
        laneSums.Dispose();
        outputs.Dispose();
        largest.Dispose();
        winners.Dispose();
        gaps.Dispose();
        logSums.Dispose();
        rowNumbers.Dispose();
    }
}
