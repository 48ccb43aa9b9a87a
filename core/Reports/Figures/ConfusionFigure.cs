using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Results;

namespace MusicPipeline.Reports.Figures;

/// <summary>The winner's confusion matrix.</summary>
internal static class ConfusionFigure
{
    /// <summary>Name of its file.</summary>
    public const string FileName = "winner-confusion.png";

    // Beyond this cells are a few pixels.
    private const int MostClasses = 100;

    public static IEnumerable<Chart> Of(SweepResults sweep)
    {
        if (sweep.Confusion is not { } matrix || matrix.Classes.Length > MostClasses) yield break;
        var chart = new MatrixChart(
            "Confusion matrix of the best model", $"{sweep.Dataset.Name}  ·  {ReportText.Count(matrix.Rows, "test row")}",
            [.. matrix.Classes.Select(label => label.ToString())], matrix.Counts);
        yield return new Chart(
            FileName, chart.Title,
            "Rows of each true class by the class predicted: "
            + $"{ReportText.Percent(matrix.Accuracy)} of {ReportText.Count(matrix.Rows, "row")} lie on the diagonal.",
            chart.ToPng())
        {
            Table = chart.ToTable(),
        };
    }
}
