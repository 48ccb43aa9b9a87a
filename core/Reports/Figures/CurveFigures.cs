using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Findings;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;

namespace MusicPipeline.Reports.Figures;

/// <summary>Charts of curves over epochs.</summary>
internal static class CurveFigures
{
    /// <summary>How far above the completed trials' highest loss a diverging curve may stretch the axis.</summary>
    private const double HeadroomOfDivergence = 10;

    /// <summary>Accuracy and loss, training and validation, of one trial.</summary>
    public static IEnumerable<Chart> OfOneTrial(StudyTrials study)
    {
        var trial = study.Finished[0];
        var history = trial.History;
        if (history.Epochs == 0) yield break;
        var last = history.Epochs - 1;
        Series[] baseline = [.. BaselineLine.Of(study, Enumerable.Range(1, history.Epochs).Select(epoch => (double)epoch))];
        var accuracy = new LineChart(
            $"{study.Title}: accuracy", Captions.Setting(study), ChartAxis.Epochs(history.Epochs),
            PercentAxis("Accuracy (%)",
            [
                .. history.Accuracy, .. history.ValidationAccuracy,
                .. baseline.SelectMany(line => line.Y.Take(1)).Select(percent => percent / 100),
            ]),
            [
                Line("Training", Percent(history.Accuracy), 0, trial), Line("Validation", Percent(history.ValidationAccuracy), 1, trial),
                .. baseline,
            ]);
        yield return accuracy.ToChart(
            $"{study.Name}-accuracy.png",
            $"Accuracy by epoch: training ends at {ReportText.Percent(history.Accuracy[last])}, "
            + $"validation at {ReportText.Percent(history.ValidationAccuracy[last])}.");

        var loss = new LineChart(
            $"{study.Title}: loss", Captions.Setting(study), ChartAxis.Epochs(history.Epochs),
            ChartAxis.Log("Loss (mean cross-entropy, log scale)", [.. history.Loss, .. history.ValidationLoss]),
            [Line("Training", history.Loss, 0, trial), Line("Validation", history.ValidationLoss, 1, trial)]);
        yield return loss.ToChart(
            $"{study.Name}-loss.png",
            $"Loss by epoch on a logarithmic scale: training ends at {ReportText.Loss(history.Loss[last])}, "
            + $"validation at {ReportText.Loss(history.ValidationLoss[last])}.");
    }

    /// <summary>One loss of all trials of a study, on a logarithmic scale.</summary>
    /// <param name="study">The study.</param>
    /// <param name="name">What the loss is: <c>Training loss</c>.</param>
    /// <param name="pick">Its curve.</param>
    public static IEnumerable<Chart> Loss(StudyTrials study, string name, Func<TrainingHistory, double[]> pick)
    {
        var selection = CurveSelection.Of(study.Finished, study.Objective);
        if (selection.Total == 0) yield break;
        var drawn = selection.Named.Concat(selection.Grey).ToArray();
        var series = selection.Grey
            .Select(t => Series(
                "", pick(t.History), new SeriesLook(ChartStyle.Others, ScottPlot.LinePattern.Solid, ScottPlot.MarkerShape.None), t))
            .Concat(selection.Named.Select((t, i) => Series(Label(study, t), pick(t.History), Look(study, i, selection.Named.Count), t)));
        var chart = new LineChart(
            $"{name} by {study.Varying}", Captions.Setting(study),
            ChartAxis.Epochs(drawn.Max(t => t.History.Epochs)), LossAxis(name, drawn, pick), [.. series])
        {
            Heading = study.LabelHeading, Footnote = selection.Footnote,
        };
        yield return chart.ToChart(
            $"{study.Name}-{name.ToLowerInvariant().Replace(' ', '-')}.png", Description(study, name, selection, pick));
    }

    private static string Description(StudyTrials study, string name, CurveSelection selection, Func<TrainingHistory, double[]> pick)
    {
        var ends = selection.Named.Where(t => t.History.Epochs > 0).Select(t => t.Record.Outcome == TrainingOutcome.Diverged
            ? $"{study.Label(t)} diverges in epoch {Divergence.Epoch(t)}"
            : $"{study.Label(t)} ends at {ReportText.Loss(pick(t.History)[^1])}");
        var rest = selection.Grey.Count > 0 ? $" The ten best of {selection.Total:N0} trials are named." : "";
        return $"{name} by epoch on a logarithmic scale, by {study.Varying}: {string.Join("; ", ends)}.{rest}";
    }

    private static ChartAxis LossAxis(string name, FinishedTrial[] trials, Func<TrainingHistory, double[]> pick)
    {
        var calm = trials.Where(t => t.Record.Outcome == TrainingOutcome.Completed).SelectMany(t => pick(t.History)).ToArray();
        var top = calm.Where(v => double.IsFinite(v) && v > 0).DefaultIfEmpty(double.PositiveInfinity).Max() * HeadroomOfDivergence;
        return ChartAxis.Log($"{name} (log scale)", trials.SelectMany(t => pick(t.History)).Where(v => v <= top));
    }

    private static string Label(StudyTrials study, FinishedTrial trial) => trial.Record.Outcome == TrainingOutcome.Diverged
        ? $"{study.Label(trial)} (diverged in epoch {Divergence.Epoch(trial)})"
        : study.Label(trial);

    private static SeriesLook Look(StudyTrials study, int index, int count) => study.UnitsVary && !study.RateVaries
        ? ChartStyle.InOrder(index, count)
        : ChartStyle.Category(index);

    private static ChartAxis PercentAxis(string label, double[] shares) =>
        ChartAxis.Linear(label, Percent(shares), lowest: 0, highest: 100);

    private static Series Line(string label, double[] values, int index, FinishedTrial trial) =>
        Series(label, values, ChartStyle.Category(index), trial);

    private static Series Series(string label, double[] values, SeriesLook look, FinishedTrial trial) =>
        new(label, [.. Enumerable.Range(1, values.Length).Select(epoch => (double)epoch)], values, look)
        {
            Diverged = trial.Record.Outcome == TrainingOutcome.Diverged && label.Length > 0,
        };

    private static double[] Percent(double[] shares) => [.. shares.Select(share => share * 100)];
}
