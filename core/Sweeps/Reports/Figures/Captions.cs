using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Reports.Figures;

/// <summary>What charts say about their setting.</summary>
internal static class Captions
{
    /// <summary>The data set, what does not vary in the study, and the rows validated on.</summary>
    public static string Setting(StudyTrials study)
    {
        var p = study.Parameters;
        var parts = new List<string> { study.Sweep.Dataset.Name };
        if (!study.RateVaries) parts.Add($"learning rate {ReportText.Rate(p.LearningRate)}");
        if (!study.UnitsVary) parts.Add(ReportText.Count(p.HiddenUnits, "hidden unit"));
        if (!study.EpochsVary) parts.Add(ReportText.Count(p.Epochs, "epoch"));
        if (!study.OthersVary) parts.Add($"batch {p.BatchSize}");
        parts.Add(study.Sweep.Validation.Share is { } share ? $"validated on {share * 100:0.##}% of the training rows" : "validated on the test set");
        return string.Join("  ·  ", parts);
    }

    /// <summary>Names the trials that a chart of last figures cannot show, or nothing.</summary>
    public static string Diverged(StudyTrials study)
    {
        var diverged = study.Finished.Where(t => t.Record.Outcome == TrainingOutcome.Diverged).Select(study.Label).ToArray();
        return diverged.Length == 0 ? "" : $"  ·  diverged: {ReportText.List(diverged, 4)}";
    }
}
