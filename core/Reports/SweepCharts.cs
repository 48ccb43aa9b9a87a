using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Figures;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;

namespace MusicPipeline.Reports;

/// <summary>Draws the charts of a sweep.</summary>
public static class SweepCharts
{
    /// <summary>
    /// The winner's confusion matrix, and the charts of every study, in order: curves and last figures of what varies in it, or the two
    /// curves of a single trial. Safe on several threads.
    /// </summary>
    public static IReadOnlyList<Chart> Draw(SweepResults results) =>
        [.. ConfusionFigure.Of(results), .. StudyTrials.Of(results).SelectMany(Of)];

    /// <summary>The name of a chart's study is the beginning of its file's name.</summary>
    internal static IEnumerable<Chart> OfStudy(string study, IEnumerable<Chart> charts, IEnumerable<string> studies) =>
        charts.Where(chart => string.Equals(
            study,
            studies.Where(name => chart.FileName.StartsWith(name + "-", StringComparison.Ordinal)).MaxBy(name => name.Length),
            StringComparison.Ordinal));

    private static IEnumerable<Chart> Of(StudyTrials study)
    {
        if (study.Finished.Count == 0) return [];
        var more = (IEnumerable<Chart>)[.. ParameterFigures.Of(study), .. TimelineFigure.Of(study)];
        if (study.Objective != Objective.Accuracy && study.Finished.Count > 1) return [.. BothLosses(study), .. more];
        if (study.OthersVary || (study.RateVaries && study.UnitsVary && !study.IsGrid)) return [.. BothLosses(study), .. more];
        return (study.RateVaries, study.UnitsVary) switch
        {
            (true, true) => [.. AccuracyFigures.Grid(study), .. BothLosses(study), .. AccuracyFigures.AgainstUnitsByRate(study), .. more],
            (true, false) => [.. TrainingLoss(study), .. AccuracyFigures.AgainstRate(study), .. more],
            (false, true) => [.. BothLosses(study), .. AccuracyFigures.AgainstUnits(study), .. more],
            _ => study.Finished.Count > 1 ? BothLosses(study) : CurveFigures.OfOneTrial(study),
        };
    }

    private static IEnumerable<Chart> BothLosses(StudyTrials study) => [.. TrainingLoss(study), .. ValidationLoss(study)];

    private static IEnumerable<Chart> TrainingLoss(StudyTrials study) => CurveFigures.Loss(study, "Training loss", h => h.Loss);

    private static IEnumerable<Chart> ValidationLoss(StudyTrials study) =>
        CurveFigures.Loss(study, "Validation loss", h => h.ValidationLoss);
}
