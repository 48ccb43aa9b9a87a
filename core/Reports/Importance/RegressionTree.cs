using MusicPipeline.Data;

namespace MusicPipeline.Reports.Importance;

/// <summary>A regression tree of least squared error (L. Breiman et al., CART, 1984), grown until leaves are small.</summary>
internal sealed class RegressionTree
{
    private const int SmallestLeaf = 2;
    private const int DeepestLeaf = 24;

    private readonly List<Node> _nodes = [];

    private RegressionTree()
    {
    }

    /// <summary>Grows a tree on some rows.</summary>
    /// <param name="rows">rows x features.</param>
    /// <param name="targets">One a row.</param>
    /// <param name="sample">The rows to grow it on; a row may come several times.</param>
    /// <param name="tried">Features tried at a node, drawn anew for each.</param>
    /// <param name="random">Draws them.</param>
    public static RegressionTree Grow(double[][] rows, double[] targets, int[] sample, int tried, ref SplitMix64 random)
    {
        var tree = new RegressionTree();
        tree.Grow(rows, targets, sample, tried, ref random, DeepestLeaf);
        return tree;
    }

    /// <summary>The tree's value of a row, with one feature taken from elsewhere where that is asked for.</summary>
    public double Predict(double[] row, int replaced = -1, double by = 0)
    {
        var node = _nodes[0];
        while (node.Feature >= 0)
        {
            var value = node.Feature == replaced ? by : row[node.Feature];
            node = _nodes[value <= node.Threshold ? node.Left : node.Right];
        }

        return node.Value;
    }

    private int Grow(double[][] rows, double[] targets, int[] sample, int tried, ref SplitMix64 random, int depth)
    {
        var place = _nodes.Count;
        _nodes.Add(new Node(-1, 0, 0, 0, sample.Average(row => targets[row])));
        if (depth == 0 || sample.Length < 2 * SmallestLeaf) return place;
        var (feature, threshold) = Split(rows, targets, sample, tried, ref random);
        if (feature < 0) return place;
        var left = Grow(rows, targets, [.. sample.Where(row => rows[row][feature] <= threshold)], tried, ref random, depth - 1);
        var right = Grow(rows, targets, [.. sample.Where(row => rows[row][feature] > threshold)], tried, ref random, depth - 1);
        _nodes[place] = _nodes[place] with { Feature = feature, Threshold = threshold, Left = left, Right = right };
        return place;
    }

    private static (int Feature, double Threshold) Split(double[][] rows, double[] targets, int[] sample, int tried, ref SplitMix64 random)
    {
        var features = Enumerable.Range(0, rows[0].Length).ToArray();
        for (var i = 0; i < Math.Min(tried, features.Length); i++)
        {
            var other = i + random.NextBelow(features.Length - i);
            (features[i], features[other]) = (features[other], features[i]);
        }

        var (best, bestFeature, bestThreshold) = (1e-12, -1, 0.0);
        var total = sample.Sum(row => targets[row]);
        foreach (var feature in features.Take(tried))
        {
            double[] values = [.. sample.Select(row => rows[row][feature])];
            double[] ordered = [.. sample.Select(row => targets[row])];
            Array.Sort(values, ordered);
            var left = 0.0;
            for (var i = 0; i < values.Length - 1; i++)
            {
                left += ordered[i];
                var (count, rest) = (i + 1, values.Length - i - 1);
                if (values[i + 1] <= values[i] || count < SmallestLeaf || rest < SmallestLeaf) continue;

                // What the split takes off the sum of squared errors.
                var gain = (left * left / count) + ((total - left) * (total - left) / rest) - (total * total / values.Length);
                if (gain > best) (best, bestFeature, bestThreshold) = (gain, feature, (values[i] + values[i + 1]) / 2);
            }
        }

        return (bestFeature, bestThreshold);
    }

    private readonly record struct Node(int Feature, double Threshold, int Left, int Right, double Value);
}
