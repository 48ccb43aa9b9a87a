using System.Numerics;
using MusicPipeline.Data;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>The network's forward pass for one row at a time, with its own scratch: not for several threads.</summary>
internal sealed class RowNetwork(NetworkWeights weights, Scaler scaler)
{
    private readonly float[][] _hidden = [.. weights.Layers.SkipLast(1).Select(layer => new float[layer.Units])];

    /// <summary>Standardizes <paramref name="features"/> in place and computes the probabilities of the classes.</summary>
    public void Run(Span<float> features, Span<float> probabilities)
    {
        Standardization.Apply(scaler, features);
        ReadOnlySpan<float> inputs = features;
        for (var i = 0; i < _hidden.Length; i++)
        {
            Sum(weights.Layers[i], inputs, _hidden[i]);
            Activate(weights.Activation, _hidden[i]);
            inputs = _hidden[i];
        }

        Sum(weights.Layers[^1], inputs, probabilities);
        Softmax(probabilities);
    }

    private static void Sum(DenseLayer layer, ReadOnlySpan<float> inputs, Span<float> sums)
    {
        layer.Biases.CopyTo(sums);
        Accumulate(inputs, layer.Weights, sums);
    }

    private static void Activate(Activation activation, Span<float> values)
    {
        switch (activation)
        {
            case Activation.Tanh:
                foreach (ref var value in values) value = MathF.Tanh(value);
                break;
            case Activation.Relu:
                foreach (ref var value in values) value = MathF.Max(value, 0);
                break;
            default:
                foreach (ref var value in values) value = 1 / (1 + MathF.Exp(-value));
                break;
        }
    }

    /// <summary>Adds <c>inputs x matrix</c> to the sums; the matrix is inputs x sums, row-major.</summary>
    private static void Accumulate(ReadOnlySpan<float> inputs, ReadOnlySpan<float> matrix, Span<float> sums)
    {
        var i = 0;
        // Four rows of the matrix at a time, so that the sums are read and written a quarter as often.
        for (; i <= inputs.Length - 4; i += 4)
        {
            var rows = matrix.Slice(i * sums.Length, 4 * sums.Length);
            var (a, b, c, d) = (inputs[i], inputs[i + 1], inputs[i + 2], inputs[i + 3]);
            var first = rows[..sums.Length];
            var second = rows.Slice(sums.Length, sums.Length);
            var third = rows.Slice(2 * sums.Length, sums.Length);
            var fourth = rows[(3 * sums.Length)..];
            var j = 0;
            for (; j <= sums.Length - Vector<float>.Count; j += Vector<float>.Count)
            {
                var low = (a * new Vector<float>(first[j..])) + (b * new Vector<float>(second[j..]));
                var high = (c * new Vector<float>(third[j..])) + (d * new Vector<float>(fourth[j..]));
                (new Vector<float>(sums[j..]) + (low + high)).CopyTo(sums[j..]);
            }

            for (; j < sums.Length; j++) sums[j] += (a * first[j]) + (b * second[j]) + ((c * third[j]) + (d * fourth[j]));
        }

        for (; i < inputs.Length; i++)
        {
            for (var j = 0; j < sums.Length; j++) sums[j] += inputs[i] * matrix[(i * sums.Length) + j];
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
