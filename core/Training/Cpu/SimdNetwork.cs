using System.Runtime.CompilerServices;
using MusicPipeline.Data;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// The network in vectors along the units of each hidden layer. Forward and backward work panel by panel, forward upwards
/// and backward downwards, so that what they touch, or touched last, is in the caches.
/// </summary>
internal sealed unsafe class SimdNetwork<TSimd, TVector> : CpuNetwork
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int TileRows = MatrixKernels<TSimd, TVector>.TileRows;

    private readonly int _features;
    private readonly int _classes;
    private readonly int _capacity;
    private readonly Activation _activation;
    private readonly StepRules? _rules;
    private readonly MiddleLayer<TSimd, TVector>[] _middle;
    private readonly LastHiddenLayer<TSimd, TVector> _last;
    private readonly OutputLayer<TSimd, TVector> _output;
    private readonly Batch _batch;
    private readonly Dropout? _dropout;
    private Adam _adam = new(0);
    private long _stepsDone;
    private RowPrefetcher _prefetcher;

    public SimdNetwork(NetworkWeights weights, int batchRows, StepRules? rules)
    {
        _rules = rules;
        _features = weights.Features;
        _classes = weights.Classes;
        _activation = weights.Activation;
        _capacity = RoundUp(batchRows, Math.Max(TSimd.Lanes, TileRows));
        _middle = new MiddleLayer<TSimd, TVector>[weights.Layers.Length - 2];
        HiddenLayer<TSimd, TVector>? below = null;
        for (var i = 0; i < _middle.Length; i++)
        {
            _middle[i] = new MiddleLayer<TSimd, TVector>(weights.Layers[i], _activation, i, below, _capacity, rules is not null);
            below = _middle[i];
        }

        _last = new LastHiddenLayer<TSimd, TVector>(
            weights.Layers[^2], weights.Layers[^1], _activation, _middle.Length, below, _capacity, rules);
        _output = new OutputLayer<TSimd, TVector>(weights.Layers[^1].Biases, RoundUp(_classes, TileRows), _capacity, rules);
        _batch = new Batch(_features, RoundUp(_features, TileRows), _capacity);
        if (rules is null) return;
        if (rules.Dropout > 0) _dropout = new Dropout(rules.Dropout, rules.Seed, _middle.Length + 1, _capacity);
        _stepsDone = rules.StepsDone;
        SetLearningRate(rules.LearningRate);
    }

    public override void SetLearningRate(double learningRate) => _adam.LearningRate = learningRate;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override BatchScore Step(LabelledRows data, ReadOnlySpan<int> order, int start, int count)
    {
        _batch.Gather(data, order.Slice(start, count));
        var next = order[(start + count)..];
        fixed (float* all = data.Features)
        fixed (int* rows = next)
        {
            _prefetcher = new RowPrefetcher(all, _features, rows, Math.Min(_capacity, next.Length));
            _dropout?.Draw(_stepsDone++);
            Forward(_batch.Inputs, _batch.Stride, count, _dropout);
            var score = _output.ScoreToTrain(_batch.Labels, count);
            if (double.IsFinite(score.LossSum)) Update(count, NextStep());
            _prefetcher = default;
            return score;
        }
    }

    public override BatchScore Score(LabelledRows data, ClassHits? hits = null, CancellationToken cancellationToken = default)
    {
        var score = default(BatchScore);
        fixed (float* all = data.Features)
        fixed (int* labels = data.Labels)
        {
            for (var row = 0; row < data.Rows; row += _capacity)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var rows = Math.Min(_capacity, data.Rows - row);
                ForwardInPlace(all + ((nint)row * _features), rows);
                score += _output.Score(labels + row, rows, 1f, gradient: false);
                if (hits is not null) _output.Count(labels + row, rows, hits);
            }
        }

        return score;
    }

    public override void Predict(ReadOnlySpan<float> rowsByFeatures, Span<float> probabilities)
    {
        var total = rowsByFeatures.Length / _features;
        fixed (float* all = rowsByFeatures)
        {
            for (var row = 0; row < total; row += _capacity)
            {
                var rows = Math.Min(_capacity, total - row);
                ForwardInPlace(all + ((nint)row * _features), rows);
                _output.Normalize(rows, 1f);
                _output.CopyTo(probabilities.Slice(row * _classes, rows * _classes));
            }
        }
    }

    public override NetworkWeights ToWeights() => Copy(Quantity.Weight);

    public override OptimizerState ToState() => new(Copy(Quantity.Mean), Copy(Quantity.Variance), _adam.Beta1Power, _adam.Beta2Power);

    public override void Restore(OptimizerState state)
    {
        Load(state.Means, Quantity.Mean);
        Load(state.Variances, Quantity.Variance);
        (_adam.Beta1Power, _adam.Beta2Power) = (state.Beta1Power, state.Beta2Power);
    }

    public override void Dispose()
    {
        foreach (var layer in _middle) layer.Dispose();
        _last.Dispose();
        _output.Dispose();
        _batch.Dispose();
        _dropout?.Dispose();
    }

    private NetworkWeights Copy(Quantity quantity) => new(
        [
            .. _middle.Select(layer => layer.Copy(quantity)),
            _last.Copy(quantity),
            _last.CopyOutput(quantity, _output.BiasToArray(quantity)),
        ],
        _activation);

    private void Load(NetworkWeights values, Quantity quantity)
    {
        for (var i = 0; i < _middle.Length; i++) _middle[i].Load(values.Layers[i], quantity);
        _last.Load(values.Layers[^2], quantity);
        _last.LoadOutput(values.Layers[^1], quantity);
        _output.LoadBias(values.Layers[^1].Biases, quantity);
    }

    private StepRule NextStep() => new(
        _rules!.Optimizer,
        _rules.Optimizer == Optimizer.Adam ? _adam.NextStep() : (float)_adam.LearningRate,
        (float)(_adam.LearningRate * _rules.WeightDecay));

    private static int RoundUp(int value, int multiple) => checked(value + multiple - 1) / multiple * multiple;

    // Tiles read whole groups of rows, so rows are read where they are only if that does not pass their end.
    private void ForwardInPlace(float* source, int rows)
    {
        if (rows % TileRows == 0)
        {
            Forward(source, _features, rows);
            return;
        }

        _batch.Copy(source, rows);
        Forward(_batch.Inputs, _batch.Stride, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(float* inputs, nint stride, int rows, Dropout? dropout = null)
    {
        var tiledRows = RoundUp(rows, TileRows);
        foreach (var layer in _middle)
        {
            layer.Forward(inputs, stride, tiledRows, dropout, ref _prefetcher);
            inputs = layer.Values;
            stride = layer.Stride;
        }

        var groups = _last.Panels.Groups;
        for (var i = 0; i < groups.Length; i++)
            _last.Forward(groups[i], inputs, stride, tiledRows, _output, (i == 0, i == groups.Length - 1), dropout, ref _prefetcher);
    }

    // From the outputs downwards; weights take their step once the gradients below them are there.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(int rows, StepRule rule)
    {
        _output.UpdateBias(rows, rule);
        InputsOf(_middle.Length, out var inputs, out var stride);
        var groups = _last.Panels.Groups;
        for (var i = groups.Length - 1; i >= 0; i--)
        {
            for (var p = groups[i].Count - 1; p >= 0; p--)
            {
                _last.Backward(
                    groups[i], _last.Panels.All[groups[i].First + p], inputs, stride, rows, _output, rule, _dropout, ref _prefetcher);
            }
        }

        HiddenLayer<TSimd, TVector> above = _last;
        for (var i = _middle.Length - 1; i >= 0; i--)
        {
            InputsOf(i, out inputs, out stride);
            _middle[i].Backward(above, inputs, stride, rows, rule, _dropout, ref _prefetcher);
            above.Step(_middle[i].Values, _middle[i].Stride, rows, rule, ref _prefetcher);
            above = _middle[i];
        }
    }

    private void InputsOf(int layer, out float* inputs, out nint stride)
    {
        inputs = layer == 0 ? _batch.Inputs : _middle[layer - 1].Values;
        stride = layer == 0 ? _batch.Stride : _middle[layer - 1].Stride;
    }
}
