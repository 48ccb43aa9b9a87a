using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Documents;
using MusicPipeline.Reports.Results;

namespace MusicPipeline.Reports;

/// <summary>
/// Writes the report of a sweep: what was run, the best model, the trials, the charts, and a comment computed from the
/// histories. The same results give the same report.
/// </summary>
public static class SweepReport
{
    /// <summary>The report as Markdown, with charts in <c>charts/</c> beside it.</summary>
    public static string Markdown(SweepResults results, IReadOnlyList<Chart> charts) =>
        MarkdownWriter.Write(ReportContent.Of(results, charts));

    /// <summary>The report as one HTML file with everything inside.</summary>
    public static string Html(SweepResults results, IReadOnlyList<Chart> charts) =>
        HtmlWriter.Write(
            ReportContent.Title(results),
            ReportContent.Of(results, charts),
            ChartResources.Text("uPlot.min.css") + "\n" + ChartResources.Text("report.css"),
            ChartResources.Text("uPlot.iife.min.js") + "\n" + ChartResources.Text("report.js"));
}
