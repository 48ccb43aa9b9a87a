namespace MusicPipeline.Sweeps.Reports.Findings;

/// <summary>The comment on a study, computed from its histories, one sentence an item.</summary>
internal static class StudyComment
{
    public static IReadOnlyList<string> On(StudyTrials study)
    {
        if (study.Finished.Count == 0) return ["No trial of this study has a result."];
        if (study.OthersVary) return [.. GridFindings.From(study.Finished).Sentences()];
        return (study.RateVaries, study.UnitsVary) switch
        {
            (true, true) => [.. GridFindings.From(study.Finished).Sentences()],
            (true, false) => [.. LearningRateFindings.From(study.Finished).Sentences()],
            (false, true) => [.. HiddenUnitFindings.From(study.Finished, ValidationRows(study.Sweep)).Sentences()],
            _ => [.. BaselineFindings.From(study.Finished[0]).Sentences()],
        };
    }

    /// <summary>Rows that trials were validated on; nearly, where they are a share of each class.</summary>
    public static int ValidationRows(SweepResults sweep) => sweep.Validation.Share is { } share
        ? (int)Math.Round(sweep.Dataset.Train.Rows * share)
        : sweep.Dataset.Test.Rows;
}
