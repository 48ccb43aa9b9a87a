namespace MusicPipeline.Training;

/// <summary>The figure of validation by which epochs and trials are compared.</summary>
public enum Objective
{
    /// <summary>Share of rows classified rightly; higher is better.</summary>
    Accuracy,

    /// <summary>Mean recall of the classes that have rows; higher is better.</summary>
    BalancedAccuracy,

    /// <summary>Mean F1 of the classes that have rows or were predicted; higher is better.</summary>
    MacroF1,

    /// <summary>Mean cross-entropy in nats; lower is better.</summary>
    Loss,
}

/// <summary>How figures of an objective compare, and what scores they make, of which the higher is always the better.</summary>
public static class Objectives
{
    /// <summary>Whether the lower of two figures is the better.</summary>
    public static bool IsLowerBetter(this Objective objective) => objective == Objective.Loss;

    /// <summary>Whether a figure is better than another; a figure that is not there is worse than any.</summary>
    public static bool IsBetter(this Objective objective, double? figure, double? than) =>
        figure is { } value && (than is not { } other || objective.Score(value) > objective.Score(other));

    /// <summary>The score of a figure: itself, or below zero where the lower is the better; and back again.</summary>
    public static double Score(this Objective objective, double figure) => objective.IsLowerBetter() ? -figure : figure;

    /// <summary>The score of an epoch; lower than any where it has no figure.</summary>
    public static double Score(this Objective objective, EpochMetrics epoch) =>
        epoch.Of(objective) is { } figure ? objective.Score(figure) : double.NegativeInfinity;

    /// <summary>The scores at a trial's checks, as far as it got; for trials on record.</summary>
    public static IReadOnlyList<double> ScoresAt(this Objective objective, TrainingHistory history, IReadOnlyList<int> checks) =>
    [
        .. checks.TakeWhile(check => check <= history.Epochs)
            .Select(check => history.Of(objective) is { } curve ? objective.Score(curve[check - 1]) : double.NegativeInfinity),
    ];

    /// <summary>The position of the best epoch, the first of equals; -1 where there is no epoch or no figure.</summary>
    public static int BestOf(this Objective objective, TrainingHistory history)
    {
        var best = -1;
        var curve = history.Of(objective) ?? [];
        for (var epoch = 0; epoch < curve.Length; epoch++)
        {
            if (best < 0 || objective.IsBetter(curve[epoch], curve[best])) best = epoch;
        }

        return best;
    }

    /// <summary>The figure in a sentence: <c>validation accuracy</c>.</summary>
    public static string Words(this Objective objective) => objective switch
    {
        Objective.BalancedAccuracy => "balanced validation accuracy",
        Objective.MacroF1 => "validation macro F1",
        Objective.Loss => "validation loss",
        _ => "validation accuracy",
    };
}
