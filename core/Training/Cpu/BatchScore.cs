namespace MusicPipeline.Training.Cpu;

/// <summary>What a batch scored: the sum of its rows' cross-entropies in nats, and how many rows were right.</summary>
internal readonly record struct BatchScore(double LossSum, int Correct)
{
    public static BatchScore operator +(BatchScore left, BatchScore right) =>
        new(left.LossSum + right.LossSum, left.Correct + right.Correct);
}
