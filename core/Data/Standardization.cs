using System.Numerics;

namespace MusicPipeline.Data;

/// <summary>Fits and applies a <see cref="Scaler"/>; every figure is float64 and the same on every machine.</summary>
public static class Standardization
{
    /// <summary>
    /// Mean and population deviation of each feature in two passes, both relative to the first row, so that a constant
    /// feature has a deviation of exactly 0, which becomes 1.
    /// </summary>
    /// <param name="values">rows x features, row-major, at least one row, all finite.</param>
    /// <param name="features">Features a row.</param>
    public static Scaler Fit(ReadOnlySpan<float> values, int features)
    {
        var rows = values.Length / features;
        var mean = new double[features];
        for (var j = 0; j < features; j++) mean[j] = values[j];
        var sums = new double[features];
        for (var row = 0; row < rows; row++) AddDifferences(values.Slice(row * features, features), mean, sums);
        for (var j = 0; j < features; j++) mean[j] += sums[j] / rows;

        var squares = new double[features];
        for (var row = 0; row < rows; row++) AddSquares(values.Slice(row * features, features), mean, squares);
        var deviation = new double[features];
        for (var j = 0; j < features; j++)
        {
            var root = Math.Sqrt(squares[j] / rows);
            deviation[j] = root > 0 && double.IsFinite(root) ? root : 1;
        }

        return new Scaler(mean, deviation);
    }

    /// <summary>The columns, counted from 0, whose value is the same in every row.</summary>
    /// <param name="fitted">Fitted to these values.</param>
    /// <param name="values">rows x features, row-major, as they were before <see cref="Apply"/>.</param>
    public static int[] ConstantFeatures(Scaler fitted, ReadOnlySpan<float> values)
    {
        var features = fitted.Mean.Length;
        var constant = new List<int>();
        for (var j = 0; j < features; j++)
        {
            // Only these can be: a constant feature's deviation is stored as 1.
            if (fitted.Deviation[j] != 1) continue;
            var at = j;
            while (at < values.Length && values[at] == values[j]) at += features;
            if (at >= values.Length) constant.Add(j);
        }

        return [.. constant];
    }

    /// <summary>Replaces each feature x by <c>(x - mean) / deviation</c>, computed in float64.</summary>
    /// <param name="scaler">Fitted to the training rows.</param>
    /// <param name="values">rows x features, row-major.</param>
    public static void Apply(Scaler scaler, Span<float> values)
    {
        ReadOnlySpan<double> mean = scaler.Mean;
        ReadOnlySpan<double> deviation = scaler.Deviation;
        for (; !values.IsEmpty; values = values[mean.Length..])
        {
            var row = values[..mean.Length];
            var j = 0;
            for (; j <= row.Length - Vector<float>.Count; j += Vector<float>.Count)
            {
                var second = j + Vector<double>.Count;
                Vector.Widen(new Vector<float>(row[j..]), out var low, out var high);
                Vector.Narrow(
                    (low - new Vector<double>(mean[j..])) / new Vector<double>(deviation[j..]),
                    (high - new Vector<double>(mean[second..])) / new Vector<double>(deviation[second..]))
                    .CopyTo(row[j..]);
            }

            for (; j < row.Length; j++) row[j] = (float)((row[j] - mean[j]) / deviation[j]);
        }
    }

    private static void AddDifferences(ReadOnlySpan<float> row, ReadOnlySpan<double> center, Span<double> sums)
    {
        var j = 0;
        for (; j <= row.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            var second = j + Vector<double>.Count;
            Vector.Widen(new Vector<float>(row[j..]), out var low, out var high);
            (new Vector<double>(sums[j..]) + (low - new Vector<double>(center[j..]))).CopyTo(sums[j..]);
            (new Vector<double>(sums[second..]) + (high - new Vector<double>(center[second..]))).CopyTo(sums[second..]);
        }

        for (; j < row.Length; j++) sums[j] += row[j] - center[j];
    }

    private static void AddSquares(ReadOnlySpan<float> row, ReadOnlySpan<double> center, Span<double> squares)
    {
        var j = 0;
        for (; j <= row.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            var second = j + Vector<double>.Count;
            Vector.Widen(new Vector<float>(row[j..]), out var low, out var high);
            low -= new Vector<double>(center[j..]);
            high -= new Vector<double>(center[second..]);
            (new Vector<double>(squares[j..]) + (low * low)).CopyTo(squares[j..]);
            (new Vector<double>(squares[second..]) + (high * high)).CopyTo(squares[second..]);
        }

        for (; j < row.Length; j++)
        {
            var difference = row[j] - center[j];
            squares[j] += difference * difference;
        }
    }
}
