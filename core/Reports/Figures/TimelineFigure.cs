using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;

namespace MusicPipeline.Reports.Figures;

/// <summary>How far each trial got, where some were pruned.</summary>
internal static class TimelineFigure
{
    private const int MostPoints = 2000;

    private static readonly TrainingOutcome[] Outcomes = [TrainingOutcome.Completed, TrainingOutcome.Stopped, TrainingOutcome.Diverged];

    /// <summary>A stem a trial, in the order in which trials were asked for; nothing where none was pruned.</summary>
    public static IEnumerable<Chart> Of(StudyTrials study)
    {
        var pruned = study.Finished.Count(trial => trial.Record.Outcome == TrainingOutcome.Stopped);
        if (pruned == 0) yield break;
        var epochs = study.Finished.Sum(trial => (long)trial.Record.Epochs);
        var asked = study.Finished.Sum(trial => (long)trial.Record.Trial.Parameters.Epochs);
        var groups = Outcomes.Where(outcome => study.Finished.Any(trial => trial.Record.Outcome == outcome)).ToList();
        var count = study.Finished.Count;
        var chart = new StemChart(
            "Pruning: epochs that each trial reached",
            Captions.Setting(study),
            ChartAxis.Exactly("Trial, in the order asked for", 0, count + 1, ChartTicks.Linear(1, count, most: 10, whole: true)),
            ChartAxis.Linear("Epochs", study.Finished.Select(trial => (double)trial.Record.Epochs).Append(0), lowest: 0),
            [.. study.Finished.Select(trial => ((double)trial.Record.Epochs, groups.IndexOf(trial.Record.Outcome)))],
            [.. groups.Select(outcome => (NameOf(outcome), ChartStyle.Category(Array.IndexOf(Outcomes, outcome))))]);
        yield return new Chart(
            $"{study.Name}-pruning.png", chart.Title,
            $"{pruned:N0} of {ReportText.Count(count, "trial")} {(pruned == 1 ? "was" : "were")} pruned; {epochs:N0} of "
            + $"{ReportText.Count(asked, "epoch")} {(epochs == 1 ? "was" : "were")} trained, {(double)epochs / asked * 100:0}%.",
            chart.ToPng())
        {
            Points = count > MostPoints ? null : chart.ToData([.. study.Finished.Select(trial => TrialTip.Of(study, trial))]),
        };
    }

    private static string NameOf(TrainingOutcome outcome) =>
        outcome == TrainingOutcome.Stopped ? "pruned" : outcome.ToString().ToLowerInvariant();
}
