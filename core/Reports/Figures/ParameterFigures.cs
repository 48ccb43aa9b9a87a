using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Importance;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Figures;

/// <summary>Charts of how the last validation accuracy depends on several parameters at once.</summary>
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
            .OrderBy(Score)
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
        var accuracy = AccuracyAxis("Val. acc. (%)", trials);
        var scales = ScalesOf(study, trials);
        ChartAxis[] axes = [.. scales.Select(scale => scale.Axis), accuracy];
        var rows = drawn.Select(trial => (double[])
            [
                .. scales.Select(scale => scale.PlaceOf(trial.Record.Trial.Parameters)),
                Completed(trial) ? trial.Record.Last!.ValidationAccuracy * 100 : double.NaN,
            ]).ToArray();
        var note = drawn.Length < trials.Length ? $"  ·  {drawn.Length:N0} of {trials.Length:N0} trials" : "";
        var chart = new ParallelChart(
            "Parallel coordinates",
            $"{Captions.Setting(study)}{note}  ·  dark: accurate, grey: no full run, outlined: the best",
            axes,
            rows,
            HasBest: true);
        return new Chart(
            $"{study.Name}-parallel-coordinates.png", chart.Title,
            $"A line a trial through its {Names(study)} and its validation accuracy in the last epoch. The best: "
            + $"{PointOf(study, study.Best!)}, {ReportText.Percent(study.Best!.Last!.ValidationAccuracy)}.",
            chart.ToPng())
        {
            Data = chart.ToData(
                [.. drawn.Select(trial => TrialTip.Of(study, trial))],
                [.. scales.Select(scale => scale.Span), $"{accuracy.Min:0.0} to {accuracy.Max:0.0}"]),
        };
    }

    private static Chart Slices(StudyTrials study, FinishedTrial[] trials)
    {
        var drawn = Thin(trials, MostPoints);
        var scales = ScalesOf(study, trials);
        var panels = scales
            .Select(scale => new ChartPanel(scale.Axis, [.. drawn.Select(trial => scale.PlaceOf(trial.Record.Trial.Parameters))]))
            .ToArray();
        var ordinates = drawn.Select(trial => Completed(trial) ? trial.Record.Last!.ValidationAccuracy * 100 : double.NaN).ToArray();
        var chart = new PanelChart(
            "Validation accuracy by each parameter",
            $"{Captions.Setting(study)}  ·  ring: the best, cross: no full run, triangle: lower still",
            AccuracyAxis("Validation accuracy (%)", trials), ordinates, ordinates.Length - 1, panels);
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
        var completed = study.Finished.Where(Completed).ToArray();
        if (completed.Length < ParameterImportance.FewestRows) return null;
        var importance = ParameterImportance.Of(
            [.. completed.Select(trial => study.Points.Select(point => point.Get(trial.Record.Trial.Parameters)).ToArray())],
            [.. completed.Select(Score)]);
        if (importance.Shares.Sum() <= 0) return null;
        var order = importance.Shares.Select((share, i) => (study.Points[i].Words, Share: share))
            .OrderByDescending(pair => pair.Share)
            .ToArray();
        ChartBar[] bars = [.. order.Select(pair => new ChartBar(ReportText.Sentence(pair.Words), pair.Share, $"{pair.Share * 100:0.0}%"))];
        var chart = new BarChart(
            "Importance of the parameters for the validation accuracy",
            $"Permutation importance on a random forest fitted to {ReportText.Count(completed.Length, "trial")}",
            bars);
        var trust = importance.Explained >= 0.5 ? "" : " It predicts them poorly, so the shares are rough.";
        return new Chart(
            $"{study.Name}-importance.png", chart.Title,
            "How much worse a random forest predicts the accuracy of trials when a parameter's values are permuted, as shares: "
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

    private static bool Completed(FinishedTrial trial) => trial.Record is { Outcome: TrainingOutcome.Completed, Last: not null };

    private static double Score(FinishedTrial trial) => Completed(trial) ? trial.Record.Last!.ValidationAccuracy : -1;

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
    private static ChartAxis AccuracyAxis(string label, FinishedTrial[] trials)
    {
        var scores = trials.Where(Completed).Select(trial => trial.Record.Last!.ValidationAccuracy * 100).Order().ToArray();
        var lowest = scores[^1] - (3 * (scores[^1] - scores[scores.Length / 2]));
        return ChartAxis.Linear(label, scores.Where(score => score >= lowest || scores.Length < 3), lowest: 0, highest: 100);
    }
}
