using System.Numerics;
using MusicPipeline.Datasets;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>The network's forward pass for one row at a time, with its own scratch: not for several threads.</summary>
internal sealed class RowNetwork(NetworkWeights weights, Scaler scaler)
{
    private readonly float[] _hidden = new float[weights.HiddenUnits];

    /// <summary>Standardizes <paramref name="features"/> in place and computes the probabilities of the classes.</summary>
    public void Run(Span<float> features, Span<float> probabilities)
    {
        Standardization.Apply(scaler, features);
        weights.B1.CopyTo(_hidden);
        Accumulate(features, weights.W1, _hidden);
        foreach (ref var value in _hidden.AsSpan()) value = 1 / (1 + MathF.Exp(-value));
        weights.B2.CopyTo(probabilities);
        Accumulate(_hidden, weights.W2, probabilities);
        Softmax(probabilities);
    }

    /// <summary>Adds <c>inputs x matrix</c> to the sums; the matrix is inputs x sums, row-major.</summary>
    private static void Accumulate(ReadOnlySpan<float> inputs, ReadOnlySpan<float> matrix, Span<float> sums)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            var row = matrix.Slice(i * sums.Length, sums.Length);
            var factor = new Vector<float>(inputs[i]);
            var j = 0;
            for (; j <= sums.Length - Vector<float>.Count; j += Vector<float>.Count)
                (new Vector<float>(sums[j..]) + (factor * new Vector<float>(row[j..]))).CopyTo(sums[j..]);
            for (; j < sums.Length; j++) sums[j] += inputs[i] * row[j];
        }
    }

    private static void Softmax(Span<float> logits)
    {
        var most = float.NegativeInfinity;
        foreach (var logit in logits) most = MathF.Max(most, logit);
        var total = 0f;
        foreach (ref var value in logits) total += value = MathF.Exp(value - most);
        foreach (ref var value in logits) value /= total;
    }
}
