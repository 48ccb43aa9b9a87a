using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training.Models;

namespace MusicPipeline.Reports.Figures;

/// <summary>The winner's confusion matrix, and where rows are notes that of recordings.</summary>
internal static class ConfusionFigure
{
    /// <summary>Name of its file.</summary>
    public const string FileName = "winner-confusion.png";

    /// <summary>Name of the file of the matrix of recordings.</summary>
    public const string RecordingsFileName = "winner-recordings.png";

    // Beyond this cells are a few pixels.
    private const int MostClasses = 100;

    public static IEnumerable<Chart> Of(SweepResults sweep) =>
    [
        .. Of(sweep, sweep.Confusion, FileName, "Confusion matrix of the best model", sweep.Recordings is null ? "test row" : "test note"),
        .. Of(sweep, sweep.Recordings?.Test, RecordingsFileName, "Confusion matrix of whole recordings", "test recording"),
    ];

    private static IEnumerable<Chart> Of(SweepResults sweep, ConfusionMatrix? confusion, string file, string title, string row)
    {
        if (confusion is not { } matrix || matrix.Classes.Length > MostClasses) yield break;
        var chart = new MatrixChart(
            title, $"{sweep.Dataset.Name}  ·  {ReportText.Count(matrix.Rows, row)}",
            [.. Enumerable.Range(0, matrix.Classes.Length).Select(matrix.NameOf)], matrix.Counts);
        yield return new Chart(
            file, chart.Title,
            $"{(sweep.Recordings is null ? "Rows" : ReportText.Sentence(row) + "s")} of each true class by the class predicted: "
            + $"{ReportText.Percent(matrix.Accuracy)} of {ReportText.Count(matrix.Rows, sweep.Recordings is null ? "row" : row)} "
            + "lie on the diagonal.",
            chart.ToPng())
        {
            Table = chart.ToTable(),
        };
    }
}
