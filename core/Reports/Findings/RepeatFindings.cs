using MusicPipeline.Reports.Results;
using MusicPipeline.Reports.Statistics;

namespace MusicPipeline.Reports.Findings;

/// <summary>What repeats with other seeds say: how large the noise is, and which differences drown in it.</summary>
internal static class RepeatFindings
{
    private const int MostNamed = 6;

    /// <summary>The findings in words; none where nothing was repeated.</summary>
    public static IEnumerable<string> Sentences(StudyTrials study)
    {
        var points = RepeatedPoint.Ranked(study.Repeats.Where(point => point.Accuracy.Count > 0));
        if (points.Count == 0 || points[0].Accuracy.Count < 2) yield break;
        var best = points[0];
        yield return $"Over {best.Accuracy.Count} {best.Kind} {Name(study, best)} comes to {Words(best.Accuracy)} validation accuracy "
            + "(mean and 95% interval).";
        if (points.Count < 2) yield break;

        var within = points.Skip(1).Where(point => IsWithinNoise(best, point)).ToArray();
        var next = points[1];
        var ahead = best.Accuracy.Mean - next.Accuracy.Mean;
        yield return within.Length == 0
            ? $"Its lead over {Name(study, next)}, {ReportText.Points(ahead)}, is more than the noise between {best.Kind}."
            : $"Differences from it are within the noise between {best.Kind} (95% by Welch's t test) for "
                + $"{ReportText.List([.. within.Select(point => Name(study, point))], MostNamed)}: these points cannot be told apart.";
    }

    /// <summary><c>98.40% ± 0.31</c>.</summary>
    public static string Words(SampleMean accuracy) => double.IsNaN(accuracy.HalfWidth)
        ? ReportText.Percent(accuracy.Mean)
        : $"{ReportText.Percent(accuracy.Mean)} ± {accuracy.HalfWidth * 100:0.00}";

    /// <summary>Whether the difference of two points could as well be none; of a point without repeats nobody can tell.</summary>
    public static bool IsWithinNoise(RepeatedPoint one, RepeatedPoint other) =>
        Math.Abs(one.Accuracy.Mean - other.Accuracy.Mean) <= SampleMean.HalfWidthOfDifference(one.Accuracy, other.Accuracy);

    private static string Name(StudyTrials study, RepeatedPoint point) => study.Points.Count == 0
        ? "the point"
        : string.Join(" with ", study.Points.Select(axis => axis.Phrase(point.Parameters)));
}
