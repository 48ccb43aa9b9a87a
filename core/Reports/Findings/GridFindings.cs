using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Findings;

/// <summary>What a grid over learning rates and hidden sizes says: the best combination and the best of each.</summary>
internal sealed class GridFindings
{
    private readonly IReadOnlyList<HyperParameter> _axes;

    private GridFindings(IReadOnlyList<FinishedTrial> trials, TrialRecord? best, IReadOnlyList<HyperParameter> axes)
    {
        (Best, _axes) = (best, axes);
        Diverged = [.. trials.Where(t => t.Record.Outcome == TrainingOutcome.Diverged)];
        var completed = trials.Where(t => t.Record is { Outcome: TrainingOutcome.Completed, Last: not null }).ToArray();
        BestRate = Top(completed, t => t.Record.Trial.Parameters.LearningRate);
        BestUnits = Top(completed, t => t.Record.Trial.Parameters.HiddenUnits);
    }

    /// <summary>The best trial, or null where none completed.</summary>
    public TrialRecord? Best { get; }

    /// <summary>Trials that diverged.</summary>
    public IReadOnlyList<FinishedTrial> Diverged { get; }

    /// <summary>Learning rate with the highest median validation accuracy over all sizes; null where none completed.</summary>
    public (double Value, double Median)? BestRate { get; }

    /// <summary>Hidden size with the highest median validation accuracy over all rates; null where none completed.</summary>
    public (double Value, double Median)? BestUnits { get; }

    /// <param name="trials">One trial a point.</param>
    /// <param name="best">The one that stands for the best point; null where none completed.</param>
    /// <param name="axes">What differs between points; null for learning rates and hidden sizes.</param>
    public static GridFindings From(
        IReadOnlyList<FinishedTrial> trials, TrialRecord? best, IReadOnlyList<HyperParameter>? axes = null) =>
        new(trials, best, axes ?? [HyperParameter.LearningRate, HyperParameter.HiddenUnits]);

    /// <summary>The findings in words.</summary>
    /// <param name="isGrid">Whether every value was combined with every other one.</param>
    public IEnumerable<string> Sentences(bool isGrid = true)
    {
        if (Best is { } best)
        {
            var parameters = best.Trial.Parameters;
            string[] others =
            [
                .. _axes.Except([HyperParameter.LearningRate, HyperParameter.HiddenUnits]).Select(axis => axis.Phrase(parameters)),
            ];
            yield return $"The best combination is a learning rate of {ReportText.Rate(parameters.LearningRate)} with " +
                $"{ReportText.List([ReportText.Count(parameters.HiddenUnits, "hidden unit"), .. others])}: "
                + $"{ReportText.Percent(best.Last!.ValidationAccuracy)} validation accuracy.";
        }

        if (isGrid && BestRate is { } rate)
            yield return $"Over all sizes, {ReportText.Rate(rate.Value)} is the best learning rate (median validation accuracy "
                + $"{ReportText.Percent(rate.Median)}).";
        if (isGrid && BestUnits is { } units)
            yield return "Over all learning rates, "
                + $"{ReportText.Count((long)units.Value, "hidden unit")} is the best size (median {ReportText.Percent(units.Median)}).";
        if (Diverged.Count == 0) yield break;
        var rates = Diverged.Select(t => t.Record.Trial.Parameters.LearningRate).Distinct().Order().Select(ReportText.Rate).ToArray();
        yield return $"{ReportText.Count(Diverged.Count, "trial")} diverged, with a learning rate of {ReportText.List(rates)}.";
    }

    private static (double Value, double Median)? Top(FinishedTrial[] trials, Func<FinishedTrial, double> choice) => trials
        .GroupBy(choice)
        .Select(group => ((double Value, double Median)?)(group.Key, Median(group.Select(t => t.Record.Last!.ValidationAccuracy))))
        .OrderByDescending(pair => pair!.Value.Median)
        .ThenBy(pair => pair!.Value.Value)
        .FirstOrDefault();

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
