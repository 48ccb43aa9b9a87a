using MusicPipeline.Reports.Documents;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports;

/// <summary>The trials of one study as a table of text, for reports and for the command line.</summary>
/// <param name="Title">The study's name, such as <c>Learning rate</c>.</param>
/// <param name="Columns">Headings, with the side that a column is aligned to.</param>
/// <param name="Rows">One row a trial, as many cells as columns.</param>
public sealed record TrialTable(string Title, IReadOnlyList<TableColumn> Columns, IReadOnlyList<TrialRow> Rows)
{
    /// <summary>A table for every study of a sweep, its trials in the order that they were asked for.</summary>
    public static IReadOnlyList<TrialTable> Of(SweepResults results) => [.. StudyTrials.Of(results).Select(Of)];

    /// <summary>The trials of a study with what they differ in, and the figures of their last and their best epoch.</summary>
    internal static TrialTable Of(StudyTrials study)
    {
        var finished = study.Finished.ToDictionary(trial => trial.Record.Trial.Id);
        var failed = study.Failed.ToDictionary(failure => failure.Trial.Id);
        var columns = ColumnsOf(study).ToArray();
        var rows = study.Study.TrialIds
            .Select(id => finished.TryGetValue(id, out var trial) ? Row(columns, trial, id == study.Sweep.BestTrialId)
                : failed.TryGetValue(id, out var failure) ? Row(columns, failure) : null)
            .OfType<TrialRow>()
            .Concat(study.Sweep.Baselines.Select(baseline => Row(columns, baseline)));
        return new TrialTable(study.Title, [.. columns.Select(column => column.Column)], [.. rows]);
    }

    private static IEnumerable<TrialFigure> ColumnsOf(StudyTrials study)
    {
        if (study.Sweep.Baselines.Count > 0)
            yield return new(new TableColumn("Model", IsNumber: false), _ => "network", _ => "network")
            {
                Baseline = baseline => BaselineScores.LabelOf(baseline.Trial.Name)
            };
        foreach (var axis in study.Axes)
            yield return new(
                new TableColumn(ReportText.Sentence(axis.Words), !axis.IsChoice),
                trial => axis.Text(trial.Parameters),
                trial => axis.Text(trial.Record.Trial.Parameters));
        if (study.Sweep.Validation.Folds is not null)
            yield return new(new TableColumn("Fold", IsNumber: true), Fold, trial => Fold(trial.Record.Trial))
            {
                Baseline = baseline => $"{baseline.Trial.Validation.Fold}"
            };
        if (study.Finished.Any(trial => trial.Record.Epochs != trial.Record.Trial.Parameters.Epochs))
            yield return Figure("Epochs done", record => $"{record.Epochs:N0} of {record.Trial.Parameters.Epochs:N0}");
        if (study.UnitsVary || study.Axes.Contains(HyperParameter.Layers))
            yield return Figure("Parameters", record => record.ParameterCount.ToString("N0"));
        yield return Figure("Loss", record => record.Last is { } last ? ReportText.Loss(last.Loss) : "", record => Loss(record.Loss));
        yield return Figure(
            "Accuracy",
            record => record.Last is { } last ? ReportText.Percent(last.Accuracy) : "",
            record => ReportText.Percent(record.Accuracy));
        yield return Figure(
            "Val. loss",
            record => record.Last is { } last ? ReportText.Loss(last.ValidationLoss) : "",
            record => Loss(record.ValidationLoss));
        yield return Figure(
            "Val. accuracy",
            record => record.Last is { } last ? ReportText.Percent(last.ValidationAccuracy) : "",
            record => ReportText.Percent(record.ValidationAccuracy));
        var objective = study.Objective;
        if (objective is not (Objective.Accuracy or Objective.Loss))
        {
            yield return Figure(
                ReportText.Sentence(objective.Words()),
                record => record.Last?.Of(objective) is { } figure ? objective.Text(figure) : "not measured");
        }

        // Of the epoch whose weights were restored are all figures.
        var isRestored = study.Parameters.RestoreBest is not null;
        yield return Figure(
            isRestored ? "Epoch restored" : "Best epoch", record => record.BestEpoch > 0 ? record.BestEpoch.ToString("N0") : "");
        if (!isRestored)
        {
            yield return Figure(
                "Best val. accuracy", record => record.BestEpoch > 0 ? ReportText.Percent(record.BestValidationAccuracy) : "");
        }

        yield return Figure("Seconds", record => Seconds(record.Seconds), record => Seconds(record.Seconds));
        yield return new(new TableColumn("State", IsNumber: false), _ => "no result", State)
        {
            Baseline = baseline => baseline.Record is null ? "no result" : "completed",
        };
        yield return new(new TableColumn("Trial", IsNumber: false), trial => trial.Id, trial => trial.Record.Trial.Id)
        {
            Baseline = baseline => baseline.Trial.Id
        };
    }

    private static TrialFigure Figure(string heading, Func<TrialRecord, string> text, Func<BaselineRecord, string>? baseline = null) =>
        new(new TableColumn(heading, IsNumber: true), null, trial => text(trial.Record))
        {
            Baseline = result => result.Record is { } record ? baseline?.Invoke(record) ?? "" : "",
        };

    private static string Loss(double? loss) => loss is { } value ? ReportText.Loss(value) : "";

    private static string Seconds(double seconds) => seconds.ToString(seconds < 10 ? "0.00" : "0.0");

    private static string Fold(Trial trial) => $"{trial.Validation.Fold}";

    private static string State(FinishedTrial trial) =>
        (trial.Record.Outcome == TrainingOutcome.Stopped ? "pruned" : trial.Record.Outcome.ToString().ToLowerInvariant())
        + (trial.Reused ? ", reused" : "");

    private static TrialRow Row(TrialFigure[] columns, FinishedTrial trial, bool best) =>
        new(trial.Record.Trial.Id, [.. columns.Select(column => column.Finished(trial))], best)
        {
            // A pruned trial has no record yet: it may be promoted, and trains on.
            File = trial.Record.Outcome == TrainingOutcome.Stopped ? null : $"../../trials/{trial.Record.Trial.Id}/{SweepFiles.Trial}",
        };

    private static TrialRow Row(TrialFigure[] columns, FailedTrial failure) => new(
        failure.Trial.Id,
        [.. columns.Select(column => column.Asked?.Invoke(failure.Trial) ?? "")],
        IsBest: false);

    private static TrialRow Row(TrialFigure[] columns, BaselineResult baseline) =>
        new(baseline.Trial.Id, [.. columns.Select(column => column.Baseline?.Invoke(baseline) ?? "")], IsBest: false)
        {
            File = baseline.Record is null ? null : $"../../baselines/{baseline.Trial.Id}/{SweepFiles.Baseline}",
        };
}
