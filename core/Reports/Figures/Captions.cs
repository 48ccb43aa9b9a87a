using MusicPipeline.Reports.Results;
using MusicPipeline.Training;

namespace MusicPipeline.Reports.Figures;

/// <summary>What charts say about their setting.</summary>
internal static class Captions
{
    /// <summary>The data set, what does not vary in the study, and the rows validated on.</summary>
    public static string Setting(StudyTrials study)
    {
        var parts = new List<string> { study.Sweep.Dataset.Name };
        parts.AddRange(study.Constants
            .Where(constant => constant != HyperParameter.Seed && constant.IsNamedIn(study.Parameters))
            .Select(constant => constant.Phrase(study.Parameters)));
        parts.Add(study.Sweep.Validation.Folds is { } folds ? $"validated on {folds} folds" : study.Sweep.Validation.Share is { } share
            ? $"validated on {share * 100:0.##}% of the training rows"
            : "validated on the test set");
        return string.Join("  ·  ", parts);
    }

    /// <summary>Names the trials that a chart of last figures cannot show, or nothing.</summary>
    public static string Diverged(StudyTrials study)
    {
        var diverged = study.Finished.Where(t => t.Record.Outcome == TrainingOutcome.Diverged).Select(study.Label).ToArray();
        return diverged.Length == 0 ? "" : $"  ·  diverged: {ReportText.List(diverged, 4)}";
    }
}
