using MusicPipeline.Data;
using MusicPipeline.Training;

namespace MusicPipeline.Tests.Training;

/// <summary>The network of the design in float64 and plain loops, to compare devices with.</summary>
internal sealed class ReferenceNetwork
{
    private readonly int _features;
    private readonly int _hidden;
    private readonly int _classes;
    private readonly Activation _activation;
    private readonly double[][] _mean;
    private readonly double[][] _variance;
    private int _steps;

    public ReferenceNetwork(NetworkWeights start)
    {
        (_features, _hidden, _classes) = (start.Features, start.HiddenUnits, start.Classes);
        _activation = start.Activation;
        Parameters = [Widen(start.W1), Widen(start.B1), Widen(start.W2), Widen(start.B2)];
        _mean = [.. Parameters.Select(p => new double[p.Length])];
        _variance = [.. Parameters.Select(p => new double[p.Length])];
    }

    /// <summary>W1, b1, W2, b2.</summary>
    public double[][] Parameters { get; }

    /// <summary>Takes one step of AdamW and returns the mean loss before it.</summary>
    public double Step(LabelledRows data, ReadOnlySpan<int> rows, double learningRate, double weightDecay = 0)
    {
        var (loss, gradients) = Gradients(data, rows);
        _steps++;
        var size = learningRate * Math.Sqrt(1 - Math.Pow(0.999, _steps)) / (1 - Math.Pow(0.9, _steps));
        for (var p = 0; p < Parameters.Length; p++)
        {
            for (var i = 0; i < Parameters[p].Length; i++)
            {
                var g = gradients[p][i];
                if (p is 0 or 2) Parameters[p][i] -= learningRate * weightDecay * Parameters[p][i];
                _mean[p][i] = (0.9 * _mean[p][i]) + (0.1 * g);
                _variance[p][i] = (0.999 * _variance[p][i]) + (0.001 * g * g);
                Parameters[p][i] -= size * _mean[p][i] / (Math.Sqrt(_variance[p][i]) + 1e-7);
            }
        }

        return loss;
    }

    /// <summary>Mean loss of the rows and its derivatives by every parameter.</summary>
    public (double Loss, double[][] Gradients) Gradients(LabelledRows data, ReadOnlySpan<int> rows)
    {
        double[][] gradients = [.. Parameters.Select(p => new double[p.Length])];
        double loss = 0;
        foreach (var row in rows)
        {
            var x = data.Row(row);
            var (h, p) = Forward(x);
            loss -= Math.Log(p[data.Labels[row]]) / rows.Length;
            p[data.Labels[row]] -= 1;
            for (var j = 0; j < _hidden; j++)
            {
                double dh = 0;
                for (var c = 0; c < _classes; c++)
                {
                    gradients[2][(j * _classes) + c] += h[j] * p[c] / rows.Length;
                    dh += p[c] / rows.Length * Parameters[2][(j * _classes) + c];
                }

                dh *= _activation switch
                {
                    Activation.Tanh => 1 - (h[j] * h[j]),
                    Activation.Relu => h[j] > 0 ? 1 : 0,
                    _ => h[j] * (1 - h[j]),
                };
                gradients[1][j] += dh;
                for (var f = 0; f < _features; f++) gradients[0][(f * _hidden) + j] += x[f] * dh;
            }

            for (var c = 0; c < _classes; c++) gradients[3][c] += p[c] / rows.Length;
        }

        return (loss, gradients);
    }

    /// <summary>Hidden values and probabilities of one row.</summary>
    public (double[] Hidden, double[] Probabilities) Forward(ReadOnlySpan<float> x)
    {
        var h = new double[_hidden];
        for (var j = 0; j < _hidden; j++)
        {
            var sum = Parameters[1][j];
            for (var f = 0; f < _features; f++) sum += x[f] * Parameters[0][(f * _hidden) + j];
            h[j] = _activation switch
            {
                Activation.Tanh => Math.Tanh(sum),
                Activation.Relu => Math.Max(sum, 0),
                _ => 1 / (1 + Math.Exp(-sum)),
            };
        }

        var outputs = new double[_classes];
        for (var c = 0; c < _classes; c++)
        {
            outputs[c] = Parameters[3][c];
            for (var j = 0; j < _hidden; j++) outputs[c] += h[j] * Parameters[2][(j * _classes) + c];
        }

        var largest = outputs.Max();
        var exponentials = outputs.Select(o => Math.Exp(o - largest)).ToArray();
        return (h, [.. exponentials.Select(e => e / exponentials.Sum())]);
    }

    private static double[] Widen(float[] values) => [.. values.Select(v => (double)v)];
}
