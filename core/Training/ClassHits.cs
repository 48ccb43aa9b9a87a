using System.Runtime.CompilerServices;
using MusicPipeline.Data;

namespace MusicPipeline.Training;

/// <summary>How well each class of some rows was recognized, counted row by row.</summary>
internal sealed class ClassHits
{
    private readonly int[] _rows;
    private readonly int[] _right;
    private readonly int[] _predicted;

    public ClassHits(LabelledRows rows, int classes)
    {
        (_rows, _right, _predicted) = (new int[classes], new int[classes], new int[classes]);
        foreach (var label in rows.Labels) _rows[label]++;
    }

    /// <summary>Mean recall of the classes that have rows, 0 to 1.</summary>
    public double BalancedAccuracy => Mean(c => _rows[c], c => (double)_right[c] / _rows[c]);

    /// <summary>Mean F1 of the classes that have rows or were predicted, 0 to 1.</summary>
    public double MacroF1 => Mean(c => _rows[c] + _predicted[c], c => 2.0 * _right[c] / (_rows[c] + _predicted[c]));

    /// <summary>Counts a row.</summary>
    public void Add(int label, int predicted)
    {
        _predicted[predicted]++;
        if (label == predicted) _right[label]++;
    }

    /// <summary>Counts rows by their labels and the classes that won, whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<int> labels, ReadOnlySpan<float> predicted)
    {
        var (right, all) = (_right, _predicted);
        for (var row = 0; row < labels.Length; row++)
        {
            // Without a branch: what a network gets wrong cannot be foreseen.
            var winner = (int)predicted[row];
            all[winner]++;
            right[winner] += labels[row] == winner ? 1 : 0;
        }
    }

    /// <summary>Starts counting anew.</summary>
    public void Clear()
    {
        Array.Clear(_right);
        Array.Clear(_predicted);
    }

    private double Mean(Func<int, int> count, Func<int, double> share) =>
        Enumerable.Range(0, _rows.Length).Where(c => count(c) > 0).Average(share);
}
