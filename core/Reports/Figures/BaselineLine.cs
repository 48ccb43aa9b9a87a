using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Results;
using ScottPlot;

namespace MusicPipeline.Reports.Figures;

/// <summary>The best baseline's validation accuracy as a level line through a chart of accuracies.</summary>
internal static class BaselineLine
{
    private static readonly SeriesLook Look = new(ChartStyle.QuietText, new LinePattern([7, 6], 0, "Dashes"), MarkerShape.None);

    /// <summary>The line over the chart's abscissae, in percent; nothing without a baseline, or where there is no length to it.</summary>
    public static IEnumerable<Series> Of(StudyTrials study, IEnumerable<double> abscissae)
    {
        double[] xs = [.. abscissae.Distinct().Order()];
        if (xs.Length < 2 || BaselineScores.BestOf(study.Sweep) is not { } best) yield break;
        yield return new Series(best.Label, xs, [.. xs.Select(_ => best.Accuracy.Mean * 100)], Look);
    }
}
