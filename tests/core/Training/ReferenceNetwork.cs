using MusicPipeline.Data;
using MusicPipeline.Training;

namespace MusicPipeline.Tests.Training;

/// <summary>The network of the design, of any depth, in float64 and plain loops, to compare devices with.</summary>
internal sealed class ReferenceNetwork
{
    private readonly NetworkWeights _start;
    private readonly StepRules _rules;
    private readonly double[][] _mean;
    private readonly double[][] _variance;
    private int _steps;

    public ReferenceNetwork(NetworkWeights start, StepRules? rules = null)
    {
        (_start, _rules) = (start, rules ?? new StepRules(0));
        Parameters = [.. start.Layers.SelectMany(layer => (double[][])[Widen(layer.Weights), Widen(layer.Biases)])];
        _mean = [.. Parameters.Select(p => new double[p.Length])];
        _variance = [.. Parameters.Select(p => new double[p.Length])];
    }

    /// <summary>W and b of each layer.</summary>
    public double[][] Parameters { get; }

    private int HiddenLayers => _start.Layers.Length - 1;

    /// <summary>Takes one step and returns the mean loss before it.</summary>
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
                if (p % 2 == 0) Parameters[p][i] -= learningRate * weightDecay * Parameters[p][i];
                if (_rules.Optimizer == Optimizer.Sgd)
                {
                    _mean[p][i] = (0.9 * _mean[p][i]) - (learningRate * g);
                    Parameters[p][i] += _mean[p][i];
                    continue;
                }

                _mean[p][i] = (0.9 * _mean[p][i]) + (0.1 * g);
                _variance[p][i] = (0.999 * _variance[p][i]) + (0.001 * g * g);
                Parameters[p][i] -= size * _mean[p][i] / (Math.Sqrt(_variance[p][i]) + 1e-7);
            }
        }

        return loss;
    }

    /// <summary>Mean loss of a batch, as it is trained on, and its derivatives by every parameter.</summary>
    public (double Loss, double[][] Gradients) Gradients(LabelledRows data, ReadOnlySpan<int> rows)
    {
        double[][] gradients = [.. Parameters.Select(p => new double[p.Length])];
        double loss = 0;
        for (var position = 0; position < rows.Length; position++)
        {
            var label = data.Labels[rows[position]];
            var masks = Masks(position);
            var values = Forward(data.Row(rows[position]), masks);
            var weight = (_rules.ClassWeights?[label] ?? 1) / (double)rows.Length;
            var delta = new double[_start.Classes];
            for (var c = 0; c < delta.Length; c++)
            {
                var target = ((c == label ? 1 : 0) * (1 - _rules.LabelSmoothing)) + (_rules.LabelSmoothing / delta.Length);
                loss -= weight * target * Math.Log(values[^1][c]);
                delta[c] = weight * (values[^1][c] - target);
            }

            for (var l = HiddenLayers; l >= 0; l--)
            {
                var (inputs, units) = (_start.Layers[l].Inputs, _start.Layers[l].Units);
                for (var i = 0; i < inputs; i++)
                {
                    for (var u = 0; u < units; u++) gradients[2 * l][(i * units) + u] += values[l][i] * delta[u];
                }

                for (var u = 0; u < units; u++) gradients[(2 * l) + 1][u] += delta[u];
                if (l == 0) break;
                var below = new double[inputs];
                for (var i = 0; i < inputs; i++)
                {
                    for (var u = 0; u < units; u++) below[i] += delta[u] * Parameters[2 * l][(i * units) + u];
                    var mask = masks[l - 1][i];
                    below[i] *= mask == 0 ? 0 : mask * Slope(values[l][i] / mask);
                }

                delta = below;
            }
        }

        return (loss, gradients);
    }

    /// <summary>Probabilities of one row, without dropout.</summary>
    public double[] Forward(ReadOnlySpan<float> x) => Forward(x, null)[^1];

    // The inputs, the values of each hidden layer after dropout, the probabilities.
    private double[][] Forward(ReadOnlySpan<float> x, double[][]? masks)
    {
        var values = new double[HiddenLayers + 2][];
        values[0] = Widen(x.ToArray());
        for (var l = 0; l <= HiddenLayers; l++)
        {
            var (inputs, units) = (_start.Layers[l].Inputs, _start.Layers[l].Units);
            double[] sums = [.. Parameters[(2 * l) + 1]];
            for (var i = 0; i < inputs; i++)
            {
                for (var u = 0; u < units; u++) sums[u] += values[l][i] * Parameters[2 * l][(i * units) + u];
            }

            values[l + 1] = l == HiddenLayers
                ? Softmax(sums)
                : [.. sums.Select((sum, u) => Activate(sum) * (masks?[l][u] ?? 1))];
        }

        return values;
    }

    // What each hidden unit is multiplied by.
    private double[][] Masks(int row)
    {
        var keys = new DropoutKeys(_rules.Dropout, _rules.Seed);
        return [.. Enumerable.Range(0, HiddenLayers).Select(layer =>
        {
            var key = keys.OfRow(layer, _rules.StepsDone + _steps, row);
            return Enumerable.Range(0, _start.Layers[layer].Units)
                .Select(unit => DropoutKeys.Draw(key, unit) >= keys.Dropped ? 1 / (1 - _rules.Dropout) : 0)
                .ToArray();
        })];
    }

    private double Activate(double sum) => _start.Activation switch
    {
        Activation.Tanh => Math.Tanh(sum),
        Activation.Relu => Math.Max(sum, 0),
        _ => 1 / (1 + Math.Exp(-sum)),
    };

    private double Slope(double value) => _start.Activation switch
    {
        Activation.Tanh => 1 - (value * value),
        Activation.Relu => value > 0 ? 1 : 0,
        _ => value * (1 - value),
    };

    private static double[] Softmax(double[] outputs)
    {
        var largest = outputs.Max();
        var exponentials = outputs.Select(o => Math.Exp(o - largest)).ToArray();
        return [.. exponentials.Select(e => e / exponentials.Sum())];
    }

    private static double[] Widen(float[] values) => [.. values.Select(v => (double)v)];
}
