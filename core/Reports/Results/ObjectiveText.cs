using MusicPipeline.Training;

namespace MusicPipeline.Reports.Results;

/// <summary>How the report writes and draws the figure that trials are compared by.</summary>
internal static class ObjectiveText
{
    /// <summary>A figure as the report writes it: a share as a percentage, a loss as it is.</summary>
    public static string Text(this Objective objective, double figure) =>
        objective == Objective.Loss ? ReportText.Loss(figure) : ReportText.Percent(figure);

    /// <summary>A figure as charts draw it: a share in percent.</summary>
    public static double Drawn(this Objective objective, double figure) => objective == Objective.Loss ? figure : figure * 100;

    /// <summary>The name of an axis.</summary>
    public static string AxisName(this Objective objective) => ReportText.Sentence(objective.Words()) + Unit(objective);

    /// <summary>The same in few characters.</summary>
    public static string ShortAxisName(this Objective objective) => objective switch
    {
        Objective.Accuracy => "Val. acc.",
        Objective.BalancedAccuracy => "Bal. val. acc.",
        Objective.MacroF1 => "Val. macro F1",
        _ => "Val. loss",
    } + Unit(objective);

    /// <summary>Which of two figures is the better: <c>the higher the better</c>.</summary>
    public static string Direction(this Objective objective) =>
        objective.IsLowerBetter() ? "the lower the better" : "the higher the better";

    private static string Unit(Objective objective) => objective == Objective.Loss ? "" : " (%)";
}
