using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>The weights of a mixture.</summary>
internal static class Mixture
{
    private const int Recent = 25;

    /// <summary>
    /// Weights of observations in their order, and last of the prior: the latest 25 count in full, older ones less and
    /// less (J. Bergstra et al., Hyperopt, 2013, and Optuna's default). Their sum is 1.
    /// </summary>
    public static double[] Weights(int observations)
    {
        var weights = new double[observations + 1];
        Array.Fill(weights, 1);
        var old = observations - Recent;
        for (var i = 0; i < old; i++)
        {
            var oldest = 1.0 / observations;
            weights[i] = old == 1 ? oldest : oldest + ((1 - oldest) * i / (old - 1));
        }

        var sum = weights.Sum();
        foreach (ref var weight in weights.AsSpan()) weight /= sum;
        return weights;
    }

    /// <summary>A position, each as likely as its weight says.</summary>
    public static int Pick(double[] weights, Xoshiro256 random)
    {
        var left = random.NextDouble();
        for (var i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0) return i;
        }

        return weights.Length - 1;
    }
}
