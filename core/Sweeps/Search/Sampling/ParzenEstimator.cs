using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>
/// A density over points: a mixture with one kernel a point that was observed, the product of those of its dimensions, and
/// one for the prior. So what goes together stays together (the multivariate estimator of Optuna).
/// </summary>
internal sealed class ParzenEstimator
{
    private readonly IKernels[] _dimensions;
    private readonly double[] _weights;
    private readonly double[] _logWeights;

    /// <param name="axes">The dimensions.</param>
    /// <param name="points">Observed points, in the order in which they were made, by their positions along each dimension.</param>
    public ParzenEstimator(IReadOnlyList<TpeAxis> axes, IReadOnlyList<double[]> points)
    {
        _dimensions = [.. axes.Select((axis, i) => axis.Kernels([.. points.Select(point => point[i])]))];
        _weights = Mixture.Weights(points.Count);
        _logWeights = [.. _weights.Select(weight => Math.Log(weight))];
    }

    /// <summary>A point, by its positions.</summary>
    public double[] Draw(Xoshiro256 random)
    {
        var kernel = Mixture.Pick(_weights, random);
        return [.. _dimensions.Select(dimension => dimension.Draw(kernel, random))];
    }

    public double LogDensity(double[] point)
    {
        var terms = (double[])_logWeights.Clone();
        for (var i = 0; i < point.Length; i++) _dimensions[i].AddLogDensities(point[i], terms);

        // The prior's kernel is nowhere 0, so that the highest is finite.
        var highest = terms.Max();
        return highest + Math.Log(terms.Sum(term => Math.Exp(term - highest)));
    }
}
