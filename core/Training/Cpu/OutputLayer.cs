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

    private readonly int _classes;
    private readonly int _evenClasses;
    private readonly Panels _biasPanels;
    private readonly ParameterPanels _bias;
    private readonly AlignedFloats _biasGradient;
    private readonly AlignedFloats _laneSums;
    private readonly AlignedFloats _outputs;
    private readonly AlignedFloats _largest;
    private readonly AlignedFloats _winners;
    private readonly AlignedFloats _gaps;
    private readonly AlignedFloats _sums;
    private readonly AlignedFloats _rowNumbers;
    private readonly float _smoothing;
    private readonly float[]? _classWeights;

    /// <param name="initialBias">b2, one float a class.</param>
    /// <param name="classCapacity">Classes that there is room for, a multiple of a tile's rows.</param>
    /// <param name="capacity">Rows that there is room for, a multiple of the lanes.</param>
    /// <param name="rules">What steps follow; null where none are taken.</param>
    public OutputLayer(float[] initialBias, int classCapacity, int capacity, StepRules? rules)
    {
        var trained = rules is not null;
        _smoothing = (float)(rules?.LabelSmoothing ?? 0);
        _classWeights = rules?.ClassWeights;
        _classes = initialBias.Length;
        _evenClasses = (_classes + 1) / 2 * 2;
        Stride = capacity;
        _biasPanels = new Panels(_classes, TSimd.Lanes, widest: 1);
        _bias = new ParameterPanels(_biasPanels, initialBias, 1, 1, trained);
        _biasGradient = new AlignedFloats(_biasPanels.PaddedUnits);
        _laneSums = new AlignedFloats((long)capacity * _evenClasses * TSimd.Lanes);
        _outputs = new AlignedFloats((long)capacity * classCapacity);
        _largest = new AlignedFloats(capacity);
        _winners = new AlignedFloats(capacity);
        _gaps = new AlignedFloats(capacity);
        _sums = new AlignedFloats(capacity);
        _rowNumbers = new AlignedFloats(capacity);
        for (var i = 0; i < capacity; i++) _rowNumbers.Pointer[i] = i;
    }

    /// <summary>Floats from a class to the next in <see cref="Values"/>.</summary>
    public nint Stride { get; }

    /// <summary>
    /// A vector for each [class, row of the block], whose lanes add up to an output. A block has as many rows as a
    /// vector lanes.
    /// </summary>
    public float* LaneSums(int firstRow) => _laneSums.Pointer + ((nint)firstRow * _evenClasses * TSimd.Lanes);

    /// <summary>classes x rows: outputs first, then probabilities or gradients in their place.</summary>
    public float* Values => _outputs.Pointer;

    /// <summary>Turns a block of <see cref="LaneSums"/> into outputs.</summary>
    public void Collect(float* sums, int firstRow) =>
        SoftmaxKernel<TSimd, TVector>.AddLanes(sums, _bias.Weights(default), _classes, Values + firstRow, Stride);

    /// <summary>Turns outputs into probabilities times <paramref name="scale"/>.</summary>
    public void Normalize(int rows, float scale)
    {
        SoftmaxKernel<TSimd, TVector>.FindLargest(Values, Stride, _classes, rows, _largest.Pointer, _winners.Pointer);
        SoftmaxKernel<TSimd, TVector>.Normalize(
            Values, Stride, _classes, rows, _largest.Pointer, _rowNumbers.Pointer, scale, _sums.Pointer);
    }

    /// <summary>
    /// Scores the outputs. They become probabilities times <paramref name="scale"/>, or, where asked for, the
    /// gradient <c>scale (p - y)</c> of <c>scale</c> times the summed loss.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BatchScore Score(int* labels, int rows, float scale, bool gradient)
    {
        SoftmaxKernel<TSimd, TVector>.FindLargest(Values, Stride, _classes, rows, _largest.Pointer, _winners.Pointer);
        float* values = Values, top = _largest.Pointer, gap = _gaps.Pointer;
        for (nint row = 0; row < rows; row++) gap[row] = top[row] - values[(labels[row] * Stride) + row];
        SoftmaxKernel<TSimd, TVector>.Normalize(
            Values, Stride, _classes, rows, _largest.Pointer, _rowNumbers.Pointer, scale, _sums.Pointer);

        // The loss as log(sum of e^(output - largest)) plus the gap to the largest keeps the digits of small losses, which log(p) would
        // lose. The logarithm of a product takes the place of many logarithms.
        float* sum = _sums.Pointer, winner = _winners.Pointer;
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

    /// <summary>
    /// Scores the outputs of a batch to train on, with label smoothing and class weights. They become the gradient of the
    /// batch's mean loss.
    /// </summary>
    public BatchScore ScoreToTrain(int* labels, int rows)
    {
        var scale = 1f / rows;
        if (_smoothing == 0 && _classWeights is null) return Score(labels, rows, scale, gradient: true);

        // Before the outputs turn into probabilities: what their mean leaves of the largest.
        float* values = Values, winner = _winners.Pointer, sum = _sums.Pointer;
        SoftmaxKernel<TSimd, TVector>.FindLargest(values, Stride, _classes, rows, _largest.Pointer, winner);
        double loss = 0;
        var correct = 0;
        for (nint row = 0; row < rows; row++)
        {
            float mean = 0, largest = _largest.Pointer[row];
            for (nint c = 0; c < _classes; c++) mean += values[(c * Stride) + row];
            var gap = largest - values[(labels[row] * Stride) + row];
            _gaps.Pointer[row] = ((1 - _smoothing) * gap) + (_smoothing * (largest - (mean / _classes)));
        }

        SoftmaxKernel<TSimd, TVector>.Normalize(
            values, Stride, _classes, rows, _largest.Pointer, _rowNumbers.Pointer, scale, sum);
        for (nint row = 0; row < rows; row++)
        {
            var weight = _classWeights is null ? 1 : _classWeights[labels[row]];
            loss += weight * (Math.Log(sum[row]) + _gaps.Pointer[row]);
            correct += winner[row] == labels[row] ? 1 : 0;
            for (nint c = 0; c < _classes; c++)
            {
                var value = values + (c * Stride) + row;
                *value = weight * (*value - (scale * _smoothing / _classes));
            }

            values[(labels[row] * Stride) + row] -= weight * scale * (1 - _smoothing);
        }

        return new BatchScore(loss, correct);
    }

    /// <summary>Counts the classes of rows that were scored.</summary>
    public void Count(int* labels, int rows, ClassHits hits) =>
        hits.Add(new ReadOnlySpan<int>(labels, rows), new ReadOnlySpan<float>(_winners.Pointer, rows));

    /// <summary>One step for the bias, whose gradient is the sum of each class's values over the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void UpdateBias(int rows, StepRule rule)
    {
        for (var c = 0; c < _classes; c++)
        {
            var sum = TSimd.Create(0f);
            for (nint row = 0; row < rows; row += TSimd.Lanes)
                sum = TSimd.Add(sum, TSimd.Load(Values + (c * Stride) + row));
            _biasGradient.Pointer[c] = TSimd.Sum(sum);
        }

        var whole = new Panel(0, 1, _biasPanels.PaddedUnits);
        StepKernel<TSimd, TVector>.Update(
            rule, _biasGradient.Pointer, _bias.Weights(whole), _bias.Mean(whole), _bias.Variance(whole), whole.Width);
    }

    /// <summary>A copy of the bias or of one of its moments.</summary>
    public float[] BiasToArray(Quantity quantity) => _bias.ToArray(quantity);

    /// <summary>The reverse of <see cref="BiasToArray"/>.</summary>
    public void LoadBias(float[] values, Quantity quantity) => _bias.Load(values, quantity);

    /// <summary>Copies <see cref="Values"/> row by row (rows x classes).</summary>
    public void CopyTo(Span<float> rowsByClasses)
    {
        for (var i = 0; i < rowsByClasses.Length; i++) rowsByClasses[i] = Values[(i % _classes * Stride) + (i / _classes)];
    }

    public void Dispose()
    {
        _bias.Dispose();
        _biasGradient.Dispose();
        _laneSums.Dispose();
        _outputs.Dispose();
        _largest.Dispose();
        _winners.Dispose();
        _gaps.Dispose();
        _sums.Dispose();
        _rowNumbers.Dispose();
    }
}
