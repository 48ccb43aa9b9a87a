using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Documents;
using MusicPipeline.Reports.Figures;
using MusicPipeline.Reports.Findings;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training.Models;

namespace MusicPipeline.Reports;

/// <summary>What the winner does with the test rows: which classes it finds and which it confuses.</summary>
internal static class WinnerBlocks
{
    private const int MostClasses = 100;

    public static IEnumerable<Block> Of(SweepResults sweep, IReadOnlyList<Chart> charts)
    {
        if (sweep.Confusion is not { } matrix) yield break;
        yield return new Heading(3, "Class by class");
        yield return new BulletList([.. ConfusionFindings.Sentences(matrix).Select(sentence => (IReadOnlyList<Span>)[sentence])]);
        foreach (var chart in charts.Where(chart => chart.FileName == ConfusionFigure.FileName)) yield return new Figure(chart);
        yield return new Table(
            [new("Class", true), new("Test rows", true), new("Precision", true), new("Recall", true), new("Most often taken for", false)],
            [.. matrix.PerClass.Take(MostClasses).Select((score, i) => Row(matrix, score, i))]);
        if (matrix.Classes.Length > MostClasses)
            yield return new Paragraph([$"The first {MostClasses:N0} of {matrix.Classes.Length:N0} classes."]);
    }

    private static IReadOnlyList<Span> Row(ConfusionMatrix matrix, ClassScore score, int index)
    {
        var other = Enumerable.Range(0, matrix.Classes.Length)
            .Where(column => column != index)
            .MaxBy(column => matrix.Counts[index][column]);
        var count = matrix.Counts[index][other];
        return
        [
            score.Class.ToString(), score.Rows.ToString("N0"), Share(score.Precision), Share(score.Recall),
            count == 0 || other == index ? "" : $"{matrix.Classes[other]} ({count:N0})",
        ];
    }

    private static string Share(double? share) => share is { } value ? ReportText.Percent(value) : "none";
}
