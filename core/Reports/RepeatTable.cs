using MusicPipeline.Reports.Documents;
using MusicPipeline.Reports.Findings;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;

namespace MusicPipeline.Reports;

/// <summary>The points of a study that were trained with several seeds, each with mean and interval.</summary>
internal static class RepeatTable
{
    private const int MostRows = 1000;

    /// <summary>A heading and a table; nothing where nothing was repeated.</summary>
    public static IEnumerable<Block> Of(StudyTrials study)
    {
        if (study.Repeats.Count == 0) yield break;
        var ranked = RepeatedPoint.Ranked(study.Repeats);
        yield return new Heading(3, $"Means over {ranked[0].Kind}: {study.Title.ToLowerInvariant()}");
        var baselines = study.Sweep.Validation.Folds is null ? [] : BaselineScores.Of(study.Sweep);
        yield return new Table(
            [
                .. baselines.Count > 0 ? (TableColumn[])[new("Model", false)] : [],
                .. study.Points.Select(axis => new TableColumn(ReportText.Sentence(axis.Words), !axis.IsChoice)),
                new(ReportText.Sentence(ranked[0].Kind), true), new("Mean val. accuracy", true), new("95% interval", true),
                new("Lowest", true), new("Highest", true),
                new("Mean val. loss", true), new("Against the best", false),
            ],
            [
                .. ranked.Take(MostRows)
                .Select(point => (IReadOnlyList<Span>)[.. baselines.Count > 0 ? (Span[])["network"] : [], .. Row(study, point, ranked[0])]),
                .. baselines.Select(baseline => Row(study, baseline)),
            ],
            ranked[0].Accuracy.Count > 0 ? 0 : -1);
        if (ranked.Count > MostRows) yield return new Paragraph([$"The first {MostRows:N0} of {ranked.Count:N0} points."]);
    }

    private static IReadOnlyList<Span> Row(StudyTrials study, BaselineScores baseline)
    {
        double[] accuracies = [.. baseline.Records.Select(record => record.ValidationAccuracy).Order()];
        double[] losses = [.. baseline.Records.Select(record => record.ValidationLoss).OfType<double>()];
        return
        [
            baseline.Label, .. study.Points.Select(_ => (Span)""), $"{accuracies.Length}",
            ReportText.Percent(baseline.Accuracy.Mean),
            double.IsNaN(baseline.Accuracy.HalfWidth) ? "" : $"± {baseline.Accuracy.HalfWidth * 100:0.00}",
            ReportText.Percent(accuracies[0]),
            ReportText.Percent(accuracies[^1]),
            losses.Length == 0 ? "" : ReportText.Loss(losses.Average()),
            "",
        ];
    }

    private static IReadOnlyList<Span> Row(StudyTrials study, RepeatedPoint point, RepeatedPoint best)
    {
        var (accuracy, scores) = (point.Accuracy, point.Completed);
        return
        [
            .. study.Points.Select(axis => (Span)axis.Text(point.Parameters)),
            scores.Count == point.Trials.Count ? $"{scores.Count}" : $"{scores.Count} of {point.Trials.Count}",
            scores.Count == 0 ? "" : ReportText.Percent(accuracy.Mean),
            double.IsNaN(accuracy.HalfWidth) ? "" : $"± {accuracy.HalfWidth * 100:0.00}",
            scores.Count == 0 ? "" : ReportText.Percent(scores.Min(trial => trial.Record.Last!.ValidationAccuracy)),
            scores.Count == 0 ? "" : ReportText.Percent(scores.Max(trial => trial.Record.Last!.ValidationAccuracy)),
            scores.Count == 0 ? "" : ReportText.Loss(point.Loss.Mean),
            // The test is one of accuracies.
            point == best || scores.Count < 2 || study.Objective != Objective.Accuracy ? ""
                : RepeatFindings.IsWithinNoise(best, point) ? "within noise" : "lower",
        ];
    }
}
