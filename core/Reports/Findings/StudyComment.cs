using MusicPipeline.Reports.Results;
using MusicPipeline.Training;

namespace MusicPipeline.Reports.Findings;

/// <summary>The comment on a study, computed from its histories, one sentence an item.</summary>
internal static class StudyComment
{
    public static IReadOnlyList<string> On(StudyTrials study)
    {
        if (study.Finished.Count == 0) return ["No trial of this study has a result."];
        return study.Objective == Objective.Accuracy
            ? [.. RepeatFindings.Sentences(study), .. OfPoints(study)]
            : [.. ByObjective(study)];
    }

    /// <summary>Rows that trials were validated on; nearly, where they are a share of each class.</summary>
    public static int ValidationRows(SweepResults sweep) => sweep.Validation.Share is { } share
        ? (int)Math.Round(sweep.Dataset.TrainOriginals * share)
        : sweep.Dataset.Test.Rows;

    private static IEnumerable<string> ByObjective(StudyTrials study)
    {
        var objective = study.Objective;
        var without = study.Finished.Count(trial => trial.Record.Outcome == TrainingOutcome.Completed && !study.IsRanked(trial));
        if (without > 0)
        {
            yield return $"{ReportText.Count(without, "trial")} on record from before it was measured {(without == 1 ? "has" : "have")} no "
                + $"{objective.Words()} and {(without == 1 ? "is" : "are")} not ranked.";
        }

        if (study.Best is not { } best) yield break;
        string[] point = [.. study.Points.Select(axis => axis.Phrase(best.Trial.Parameters))];
        yield return $"The best {objective.Words()}, {objective.Direction()}, is {objective.Text(best.Last!.Of(objective)!.Value)}"
            + $"{(point.Length == 0 ? "" : $", of {ReportText.List(point)}")}.";
    }

    private static IEnumerable<string> OfPoints(StudyTrials study)
    {
        if (study.OthersVary || (study.RateVaries && study.UnitsVary))
            return GridFindings.From(study.Representatives, study.BestRepresentative, study.Points).Sentences(study.IsGrid);
        return (study.RateVaries, study.UnitsVary) switch
        {
            (true, false) => LearningRateFindings.From(study.Representatives).Sentences(),
            (false, true) => HiddenUnitFindings.From(study.Representatives, ValidationRows(study.Sweep)).Sentences(),
            _ => OneTrialFindings.From(study.Representatives[0]).Sentences(),
        };
    }
}
