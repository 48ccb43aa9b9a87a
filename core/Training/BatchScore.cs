namespace MusicPipeline.Training;

/// <summary>What rows scored: the sum of their cross-entropies in nats, and how many rows were right.</summary>
internal readonly record struct BatchScore(double LossSum, int Correct)
{
    public static BatchScore operator +(BatchScore left, BatchScore right) =>
        new(left.LossSum + right.LossSum, left.Correct + right.Correct);
}
