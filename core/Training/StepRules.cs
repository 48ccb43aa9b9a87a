using MusicPipeline.Data;

namespace MusicPipeline.Training;

/// <summary>What the steps of a run follow, beside weights and rows.</summary>
/// <param name="LearningRate">The first epoch's rate.</param>
internal sealed record StepRules(double LearningRate)
{
    /// <summary>Share of the momentum that a step keeps of <see cref="Optimizer.Sgd"/>'s velocity.</summary>
    public const float Momentum = 0.9f;

    public double WeightDecay { get; init; }

    public Optimizer Optimizer { get; init; }

    public double Dropout { get; init; }

    public double LabelSmoothing { get; init; }

    /// <summary>How much a row of each class counts; null where all count 1.</summary>
    public float[]? ClassWeights { get; init; }

    /// <summary>What dropout draws from.</summary>
    public int Seed { get; init; }

    /// <summary>Steps taken before these, on which dropout depends.</summary>
    public long StepsDone { get; init; }

    public static StepRules Of(TrainingSplit split, HyperParameters parameters, int epochsDone) => new(parameters.LearningRate)
    {
        WeightDecay = parameters.WeightDecay,
        Optimizer = parameters.Optimizer,
        Dropout = parameters.Dropout,
        LabelSmoothing = parameters.LabelSmoothing,
        ClassWeights = parameters.ClassWeights == Training.ClassWeights.Balanced ? Balance(split) : null,
        Seed = parameters.Seed,
        StepsDone = (split.Training.Rows - 1L + parameters.BatchSize) / parameters.BatchSize * epochsDone,
    };

    // As scikit-learn's class_weight='balanced'.
    private static float[] Balance(TrainingSplit split)
    {
        var counts = new int[split.Classes];
        foreach (var label in split.Training.Labels) counts[label]++;
        double present = counts.Count(count => count > 0);
        return [.. counts.Select(count => count == 0 ? 0 : (float)(split.Training.Rows / (present * count)))];
    }
}
