using System.Runtime.CompilerServices;
using MusicPipeline.Data;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// The network in vectors along the hidden units. Forward and backward work panel by panel, forward upwards and
/// backward downwards, so that what they touch, or touched last, is in the caches.
/// </summary>
internal sealed unsafe class SimdNetwork<TSimd, TVector> : CpuNetwork
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int TileRows = MatrixKernels<TSimd, TVector>.TileRows;

    private readonly int _features;
    private readonly int _classes;
    private readonly int _capacity;
    private readonly double _weightDecay;
    private readonly HiddenLayer<TSimd, TVector> _hidden;
    private readonly OutputLayer<TSimd, TVector> _output;
    private readonly Batch _batch;
    private Adam _adam = new(0);
    private RowPrefetcher _prefetcher;

    public SimdNetwork(NetworkWeights weights, int batchRows, double? learningRate, double weightDecay)
    {
        var trained = learningRate is not null;
        _features = weights.Features;
        _classes = weights.Classes;
        _capacity = RoundUp(batchRows, Math.Max(TSimd.Lanes, TileRows));
        var featureRoom = RoundUp(_features, TileRows);
        var classRoom = RoundUp(_classes, TileRows);
        _hidden = new HiddenLayer<TSimd, TVector>(weights, featureRoom, classRoom, _capacity, trained);
        _output = new OutputLayer<TSimd, TVector>(weights.B2, classRoom, _capacity, trained);
        _batch = new Batch(_features, featureRoom, _capacity);
        _weightDecay = weightDecay;
        SetLearningRate(learningRate ?? 0);
    }

    public override void SetLearningRate(double learningRate)
    {
        _adam.LearningRate = learningRate;
        _hidden.Decay = (float)(learningRate * _weightDecay);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override BatchScore Step(LabelledRows data, ReadOnlySpan<int> order, int start, int count)
    {
        _batch.Gather(data, order.Slice(start, count));
        var next = order[(start + count)..];
        fixed (float* all = data.Features)
        fixed (int* rows = next)
        {
            _prefetcher = new RowPrefetcher(all, _features, rows, Math.Min(_capacity, next.Length));
            Forward(_batch.Inputs, _batch.Stride, count);
            var score = _output.Score(_batch.Labels, count, 1f / count, gradient: true);
            if (double.IsFinite(score.LossSum)) Update(count, _adam.NextStep());
            _prefetcher = default;
            return score;
        }
    }

    public override BatchScore Score(LabelledRows data, CancellationToken cancellationToken = default)
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

    public override (NetworkWeights Means, NetworkWeights Variances, double Beta1Power, double Beta2Power) ToMoments() =>
        (Copy(Quantity.Mean), Copy(Quantity.Variance), _adam.Beta1Power, _adam.Beta2Power);

    public override void RestoreMoments(NetworkWeights means, NetworkWeights variances, double beta1Power, double beta2Power)
    {
        foreach (var (moments, quantity) in ((NetworkWeights, Quantity)[])[(means, Quantity.Mean), (variances, Quantity.Variance)])
        {
            _hidden.Load(moments, quantity);
            _output.LoadBias(moments.B2, quantity);
        }

        (_adam.Beta1Power, _adam.Beta2Power) = (beta1Power, beta2Power);
    }

    public override void Dispose()
    {
        _hidden.Dispose();
        _output.Dispose();
        _batch.Dispose();
    }

    private NetworkWeights Copy(Quantity quantity) => _hidden.Copy(quantity, _output.BiasToArray(quantity));

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
    private void Forward(float* inputs, nint stride, int rows)
    {
        var tiledRows = RoundUp(rows, TileRows);
        var groups = _hidden.Panels.Groups;
        for (var i = 0; i < groups.Length; i++)
        {
            for (var p = 0; p < groups[i].Count; p++)
            {
                _hidden.Forward(
                    groups[i], _hidden.Panels.All[groups[i].First + p], inputs, stride, tiledRows, ref _prefetcher);
            }

            _hidden.Project(groups[i], tiledRows, _output, first: i == 0, last: i == groups.Length - 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(int rows, float step)
    {
        _output.UpdateBias(rows, step);
        var groups = _hidden.Panels.Groups;
        for (var i = groups.Length - 1; i >= 0; i--)
        {
            for (var p = groups[i].Count - 1; p >= 0; p--)
                _hidden.Backward(groups[i], _hidden.Panels.All[groups[i].First + p], _batch, rows, _output, step, ref _prefetcher);
        }
    }
}
