using MusicPipeline.Data;

namespace MusicPipeline.Reports.Importance;

/// <summary>
/// How much each feature matters to a target: a random forest is fitted as a surrogate, and each feature's values are
/// permuted among the rows that a tree has not seen; what that adds to the squared error is its importance (L. Breiman,
/// Random Forests, 2001). The same rows give the same figures.
/// </summary>
/// <param name="Shares">Of each feature, its share of the importance of all; the shares sum to 1, or to 0 where nothing matters.</param>
/// <param name="Explained">
/// Share of the target's variance that the surrogate predicts on rows its trees have not seen; below 0 where it predicts worse than the
/// mean.
/// </param>
internal sealed record ParameterImportance(double[] Shares, double Explained)
{
    /// <summary>Fewer rows say nothing.</summary>
    public const int FewestRows = 12;

    private const int Trees = 64;
    private const int MostRows = 1500;

    /// <summary>Fits the surrogate.</summary>
    /// <param name="rows">rows x features.</param>
    /// <param name="targets">One a row.</param>
    public static ParameterImportance Of(double[][] rows, double[] targets)
    {
        // More rows change the shares no more and take longer; every n-th keeps the mix.
        var stride = (rows.Length + MostRows - 1) / MostRows;
        (rows, targets) = ([.. rows.Where((_, i) => i % stride == 0)], [.. targets.Where((_, i) => i % stride == 0)]);
        var features = rows[0].Length;
        var trees = new (double Error, double Base, double[] Added)[Trees];
        Parallel.For(0, Trees, tree => trees[tree] = Grow(rows, targets, features, (ulong)tree));

        var added = Enumerable.Range(0, features).Select(feature => Math.Max(0, trees.Sum(tree => tree.Added[feature]))).ToArray();
        var sum = added.Sum();
        var (error, around) = (trees.Sum(tree => tree.Error), trees.Sum(tree => tree.Base));
        return new ParameterImportance([.. added.Select(one => sum > 0 ? one / sum : 0)], around > 0 ? 1 - (error / around) : 0);
    }

    private static (double Error, double Base, double[] Added) Grow(double[][] rows, double[] targets, int features, ulong seed)
    {
        var random = new SplitMix64(seed + 1);
        var sample = new int[rows.Length];
        var seen = new bool[rows.Length];
        for (var i = 0; i < sample.Length; i++) seen[sample[i] = random.NextBelow(rows.Length)] = true;
        var tree = RegressionTree.Grow(rows, targets, sample, Math.Min(features, (features * 2 / 3) + 1), ref random);

        int[] unseen = [.. Enumerable.Range(0, rows.Length).Where(row => !seen[row])];
        var mean = sample.Average(row => targets[row]);
        double Squared(int row, double value) => (targets[row] - value) * (targets[row] - value);
        var error = unseen.Sum(row => Squared(row, tree.Predict(rows[row])));
        var added = new double[features];
        for (var feature = 0; feature < features; feature++)
        {
            var others = (int[])unseen.Clone();
            random.Shuffle<int>(others);
            added[feature] = unseen.Zip(others)
                .Sum(pair => Squared(pair.First, tree.Predict(rows[pair.First], feature, rows[pair.Second][feature]))) - error;
        }

        return (error, unseen.Sum(row => Squared(row, mean)), added);
    }
}
