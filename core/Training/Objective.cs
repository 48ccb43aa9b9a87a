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

/// <summary>How figures of an objective compare.</summary>
public static class Objectives
{
    /// <summary>Whether a figure is better than another; a figure that is not there is worse than any.</summary>
    public static bool IsBetter(this Objective objective, double? figure, double? than) =>
        figure is { } value && (than is not { } other || (objective == Objective.Loss ? value < other : value > other));
}
