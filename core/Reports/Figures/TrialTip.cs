using MusicPipeline.Reports.Results;
using MusicPipeline.Training;

namespace MusicPipeline.Reports.Figures;

/// <summary>What a page says of a trial that a reader points at.</summary>
internal static class TrialTip
{
    private const int ShortId = 7;

    /// <summary>Its parameters, what came of it, and the beginning of its id.</summary>
    public static string Of(StudyTrials study, FinishedTrial trial)
    {
        var record = trial.Record;
        var result = record.Last is not { } last ? "no epoch"
            : record.Outcome == TrainingOutcome.Completed ? ReportText.Percent(last.ValidationAccuracy)
            : $"{(record.Outcome == TrainingOutcome.Stopped ? "pruned" : "diverged")} after {ReportText.Count(record.Epochs, "epoch")}";
        var id = record.Trial.Id[..Math.Min(ShortId, record.Trial.Id.Length)];
        var differs = study.Axes.Select(axis => $"{axis.Words} {axis.ShortText(record.Trial.Parameters)}")
            .Concat(StudyTrials.FoldOf(trial));
        return $"{string.Join(", ", differs)}: {result} (trial {id})";
    }
}
