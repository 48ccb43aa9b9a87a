using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Importance;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Figures;

/// <summary>Charts of how the figure that trials are compared by depends on several parameters at once.</summary>
internal static class ParameterFigures
{
    private const int FewestTrials = 8;
    private const int MostLines = 500;
    private const int MostPoints = 2000;

    /// <summary>Parallel coordinates, slices and importance, where two parameters vary over enough trials.</summary>
    public static IEnumerable<Chart> Of(StudyTrials study)
    {
        // The best last, on top of the others.
        var trials = study.Finished
            .OrderBy(trial => Score(study, trial))
            .ThenByDescending(trial => trial.Record.Last?.ValidationLoss ?? double.MaxValue)
            .ThenBy(trial => trial.Record == study.Best)
            .ToArray();
        if (study.Points.Count < 2 || trials.Length < FewestTrials || study.Best is null) yield break;
        yield return Parallel(study, trials);
        yield return Slices(study, trials);
        if (Importance(study) is { } importance) yield return importance;
    }

    private static Chart Parallel(StudyTrials study, FinishedTrial[] trials)
    {
        var drawn = Thin(trials, MostLines);
        var objective = study.Objective;
        var figures = FigureAxis(study, objective.ShortAxisName(), trials);
        var scales = ScalesOf(study, trials);
        ChartAxis[] axes = [.. scales.Select(scale => scale.Axis), figures];
        var rows = drawn.Select(trial => (double[])
            [
                .. scales.Select(scale => scale.PlaceOf(trial.Record.Trial.Parameters)),
                Drawn(study, trial),
            ]).ToArray();
        var note = drawn.Length < trials.Length ? $"  ·  {drawn.Length:N0} of {trials.Length:N0} trials" : "";
        var shades = objective == Objective.Accuracy ? "dark: accurate" : objective.IsLowerBetter() ? "light: better" : "dark: better";
        var chart = new ParallelChart(
            "Parallel coordinates",
            $"{Captions.Setting(study)}{note}  ·  {shades}, grey: no full run, outlined: the best",
            axes,
            rows,
            HasBest: true);
        return new Chart(
            $"{study.Name}-parallel-coordinates.png", chart.Title,
            $"A line a trial through its {Names(study)} and its {objective.Words()} in the last epoch. The best: "
            + $"{PointOf(study, study.Best!)}, {objective.Text(study.Best!.Last!.Of(objective)!.Value)}.",
            chart.ToPng())
        {
            Data = chart.ToData(
                [.. drawn.Select(trial => TrialTip.Of(study, trial))],
                [.. scales.Select(scale => scale.Span), $"{figures.Min:0.0} to {figures.Max:0.0}"]),
        };
    }

    private static Chart Slices(StudyTrials study, FinishedTrial[] trials)
    {
        var drawn = Thin(trials, MostPoints);
        var scales = ScalesOf(study, trials);
        var panels = scales
            .Select(scale => new ChartPanel(scale.Axis, [.. drawn.Select(trial => scale.PlaceOf(trial.Record.Trial.Parameters))]))
            .ToArray();
        var ordinates = drawn.Select(trial => Drawn(study, trial)).ToArray();
        var chart = new PanelChart(
            $"{ReportText.Sentence(study.Objective.Words())} by each parameter",
            $"{Captions.Setting(study)}  ·  ring: the best, cross: no full run, triangle: lower still",
            FigureAxis(study, study.Objective.AxisName(), trials), ordinates, ordinates.Length - 1, panels);
        return new Chart(
            $"{study.Name}-slices.png",
            chart.Title,
            $"{ReportText.Count(drawn.Length, "trial")} as points, once for each of {Names(study)}.",
            chart.ToPng())
        {
            Points = chart.ToData([.. drawn.Select(trial => TrialTip.Of(study, trial))], [.. scales.Select(scale => scale.Places)]),
        };
    }

    private static Chart? Importance(StudyTrials study)
    {
        var completed = study.Finished.Where(study.IsRanked).ToArray();
        if (completed.Length < ParameterImportance.FewestRows) return null;
        var importance = ParameterImportance.Of(
            [.. completed.Select(trial => study.Points.Select(point => point.Get(trial.Record.Trial.Parameters)).ToArray())],
            [.. completed.Select(trial => Score(study, trial))]);
        if (importance.Shares.Sum() <= 0) return null;
        var order = importance.Shares.Select((share, i) => (study.Points[i].Words, Share: share))
            .OrderByDescending(pair => pair.Share)
            .ToArray();
        ChartBar[] bars = [.. order.Select(pair => new ChartBar(ReportText.Sentence(pair.Words), pair.Share, $"{pair.Share * 100:0.0}%"))];
        var chart = new BarChart(
            $"Importance of the parameters for the {study.Objective.Words()}",
            $"Permutation importance on a random forest fitted to {ReportText.Count(completed.Length, "trial")}",
            bars);
        var what = study.Objective == Objective.Accuracy ? "accuracy" : study.Objective.Words();
        var trust = importance.Explained >= 0.5 ? "" : " It predicts them poorly, so the shares are rough.";
        return new Chart(
            $"{study.Name}-importance.png", chart.Title,
            $"How much worse a random forest predicts the {what} of trials when a parameter's values are permuted, as shares: "
            + $"{ReportText.List([.. order.Select(pair => $"{pair.Words} {pair.Share * 100:0.0}%")])}. "
            + $"The forest explains {Math.Max(0, importance.Explained) * 100:0}% of the variance of trials that it has not seen.{trust}",
            chart.ToPng())
        {
            Bars = bars,
        };
    }

    private static ParameterScale[] ScalesOf(StudyTrials study, FinishedTrial[] trials) =>
        [.. study.Points.Select(point => new ParameterScale(point, trials.Select(trial => trial.Record.Trial.Parameters)))];

    private static string Names(StudyTrials study) => ReportText.List([.. study.Points.Select(point => point.Words)]);

    private static string PointOf(StudyTrials study, TrialRecord record) =>
        ReportText.List([.. study.Points.Select(point => point.Phrase(record.Trial.Parameters))]);

    private static double Score(StudyTrials study, FinishedTrial trial) =>
        study.IsRanked(trial) ? study.Objective.Score(trial.Record.Last!) : double.NegativeInfinity;

    private static double Drawn(StudyTrials study, FinishedTrial trial) =>
        study.IsRanked(trial) ? study.Objective.Drawn(trial.Record.Last!.Of(study.Objective)!.Value) : double.NaN;

    /// <summary>The best third as they are, and every n-th of the others.</summary>
    private static FinishedTrial[] Thin(FinishedTrial[] trials, int most)
    {
        if (trials.Length <= most) return trials;
        var kept = trials[^(most / 3)..];
        var rest = trials[..^(most / 3)];
        var stride = (rest.Length + most - kept.Length - 1) / (most - kept.Length);
        return [.. rest.Where((_, i) => i % stride == 0), .. kept];
    }

    /// <summary>From the best down to three times its distance from the median, so that a few failures do not flatten the rest.</summary>
    private static ChartAxis FigureAxis(StudyTrials study, string label, FinishedTrial[] trials)
    {
        var scores = trials.Where(study.IsRanked).Select(trial => Drawn(study, trial)).Order().ToArray();
        if (study.Objective.IsLowerBetter()) return ChartAxis.Linear(label, scores, lowest: 0);
        var lowest = scores[^1] - (3 * (scores[^1] - scores[scores.Length / 2]));
        return ChartAxis.Linear(label, scores.Where(score => score >= lowest || scores.Length < 3), lowest: 0, highest: 100);
    }
}
