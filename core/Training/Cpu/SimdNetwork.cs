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

    private readonly int features;
    private readonly int classes;
    private readonly int capacity;
    private readonly double weightDecay;
    private readonly HiddenLayer<TSimd, TVector> hidden;
    private readonly OutputLayer<TSimd, TVector> output;
    private readonly Batch batch;
    private Adam adam = new(0);
    private RowPrefetcher prefetcher;

    public SimdNetwork(NetworkWeights weights, int batchRows, double? learningRate, double weightDecay)
    {
        var trained = learningRate is not null;
        features = weights.Features;
        classes = weights.Classes;
        capacity = RoundUp(batchRows, Math.Max(TSimd.Lanes, TileRows));
        var featureRoom = RoundUp(features, TileRows);
        var classRoom = RoundUp(classes, TileRows);
        hidden = new HiddenLayer<TSimd, TVector>(weights, featureRoom, classRoom, capacity, trained);
        output = new OutputLayer<TSimd, TVector>(weights.B2, classRoom, capacity, trained);
        batch = new Batch(features, featureRoom, capacity);
        this.weightDecay = weightDecay;
        SetLearningRate(learningRate ?? 0);
    }

    public override void SetLearningRate(double learningRate)
    {
        adam.LearningRate = learningRate;
        hidden.Decay = (float)(learningRate * weightDecay);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override BatchScore Step(LabelledRows data, ReadOnlySpan<int> order, int start, int count)
    {
        batch.Gather(data, order.Slice(start, count));
        var next = order[(start + count)..];
        fixed (float* all = data.Features)
        fixed (int* rows = next)
        {
            prefetcher = new RowPrefetcher(all, features, rows, Math.Min(capacity, next.Length));
            Forward(batch.Inputs, batch.Stride, count);
            var score = output.Score(batch.Labels, count, 1f / count, gradient: true);
            if (double.IsFinite(score.LossSum)) Update(count, adam.NextStep());
            prefetcher = default;
            return score;
        }
    }

    public override BatchScore Score(LabelledRows data, CancellationToken cancellationToken = default)
    {
        var score = default(BatchScore);
        fixed (float* all = data.Features)
        fixed (int* labels = data.Labels)
        {
            for (var row = 0; row < data.Rows; row += capacity)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var rows = Math.Min(capacity, data.Rows - row);
                ForwardInPlace(all + ((nint)row * features), rows);
                score += output.Score(labels + row, rows, 1f, gradient: false);
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

    public override NetworkWeights ToWeights() => Copy(Quantity.Weight);

    public override (NetworkWeights Means, NetworkWeights Variances, double Beta1Power, double Beta2Power) ToMoments() =>
        (Copy(Quantity.Mean), Copy(Quantity.Variance), adam.Beta1Power, adam.Beta2Power);

    public override void RestoreMoments(NetworkWeights means, NetworkWeights variances, double beta1Power, double beta2Power)
    {
        foreach (var (moments, quantity) in ((NetworkWeights, Quantity)[])[(means, Quantity.Mean), (variances, Quantity.Variance)])
        {
            hidden.Load(moments, quantity);
            output.LoadBias(moments.B2, quantity);
        }

        (adam.Beta1Power, adam.Beta2Power) = (beta1Power, beta2Power);
    }

    public override void Dispose()
    {
        hidden.Dispose();
        output.Dispose();
        batch.Dispose();
    }

    private NetworkWeights Copy(Quantity quantity) => hidden.Copy(quantity, output.BiasToArray(quantity));

    private static int RoundUp(int value, int multiple) => checked(value + multiple - 1) / multiple * multiple;

    // Tiles read whole groups of rows, so rows are read where they are only if that does not pass their end.
    private void ForwardInPlace(float* source, int rows)
    {
        if (rows % TileRows == 0)
        {
            Forward(source, features, rows);
            return;
        }

        batch.Copy(source, rows);
        Forward(batch.Inputs, batch.Stride, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(float* inputs, nint stride, int rows)
    {
        var tiledRows = RoundUp(rows, TileRows);
        var groups = hidden.Panels.Groups;
        for (var i = 0; i < groups.Length; i++)
        {
            for (var p = 0; p < groups[i].Count; p++)
            {
                hidden.Forward(
                    groups[i], hidden.Panels.All[groups[i].First + p], inputs, stride, tiledRows, ref prefetcher);
            }

            hidden.Project(groups[i], tiledRows, output, first: i == 0, last: i == groups.Length - 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(int rows, float step)
    {
        output.UpdateBias(rows, step);
        var groups = hidden.Panels.Groups;
        for (var i = groups.Length - 1; i >= 0; i--)
        {
            for (var p = groups[i].Count - 1; p >= 0; p--)
                hidden.Backward(groups[i], hidden.Panels.All[groups[i].First + p], batch, rows, output, step, ref prefetcher);
        }
    }
}
