using System.Text;
using MusicPipeline.Reports;
using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>
/// The files that a sweep leaves when it has ended: charts, tables, the best model, the report, and every trial as it ended.
/// </summary>
internal static class ReportFiles
{
    /// <summary>Writes them; the same sweep gives the same files.</summary>
    public static async Task WriteAsync(IArtifactStore store, GatheredSweep sweep, CancellationToken cancellationToken)
    {
        await WriteReportAsync(store, sweep.Results, cancellationToken);
        var ended = EndedTrials.Write(sweep.Ending.Run, Views(sweep));
        await store.WriteAsync(BlobPaths.Sweep(sweep.Plan.SweepId, SweepFiles.Ended), ended, cancellationToken);
    }

    private static async Task WriteReportAsync(IArtifactStore store, SweepResults results, CancellationToken cancellationToken)
    {
        var id = results.SweepId;
        var charts = SweepCharts.Draw(results);
        await Task.WhenAll(charts.Select(chart =>
            store.WriteAsync(BlobPaths.Sweep(id, $"charts/{chart.FileName}"), chart.Png, cancellationToken)));
        if (results.BestTrialId is { } best) await WinnerModel.WriteAsync(store, results, best, cancellationToken);
        await store.WriteAsync(
            BlobPaths.Sweep(id, SweepFiles.Trials),
            (stream, token) => SweepTables.WriteTrialsAsync(results, stream, token),
            cancellationToken);
        await store.WriteAsync(
            BlobPaths.Sweep(id, SweepFiles.Histories),
            (stream, token) => SweepTables.WriteHistoriesAsync(results, stream, token),
            cancellationToken);
        var markdown = Encoding.UTF8.GetBytes(SweepReport.Markdown(results, charts));
        var html = Encoding.UTF8.GetBytes(SweepReport.Html(results, charts));
        await store.WriteAsync(BlobPaths.Sweep(id, SweepFiles.ReportMarkdown), markdown, cancellationToken);
        await store.WriteAsync(BlobPaths.Sweep(id, SweepFiles.ReportHtml), html, cancellationToken);
    }

    private static IReadOnlyList<TrialView> Views(GatheredSweep sweep)
    {
        var (plan, ending) = (sweep.Plan, sweep.Ending);
        var records = sweep.Results.Trials.ToDictionary(trial => trial.Record.Trial.Id, trial => trial.Record, StringComparer.Ordinal);
        var failures = ending.Tally.Failures().ToDictionary(failure => plan.Trials[failure.Index].Id, StringComparer.Ordinal);
        var studies = plan.StudiesOfTrials();
        return [.. plan.Trials.Select(View)];

        TrialView View(Trial trial)
        {
            string[] names = [.. studies[trial.Id]];
            var view = records.TryGetValue(trial.Id, out var record)
                ? new TrialView(trial.Id, names, trial.Parameters, TrialStates.Of(record.Outcome), record.Epochs, record.Last)
                : new TrialView(
                    trial.Id, names, trial.Parameters, failures[trial.Id].State, 0, null, ending.ReasonOf(failures[trial.Id]));
            return view with { Fold = trial.Validation.Fold };
        }
    }
}
